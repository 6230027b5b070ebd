# What keeps people's data in bounds: erasing again after a restore, who looked and changed.

cli-db-erased-again = Удалено снова: { $count } { $count ->
    [one] человек
    [few] человека
   *[many] человек
}, они попросили об этом после создания копии.
group-number-deleted = Я удалил сообщение: в нём был номер документа, а этот чат читают все. Документы показывают только лично, в месте подтверждения; спросить о них можно здесь: { $link }

# The audit, for the head.
audit-ask = Кто смотрел и менял данные: последние 30 дней. Напишите номер заявления на сертификат или последние четыре цифры сертификата. Или выберите сотрудника.
audit-several = Подходит несколько заявлений. Какое?
audit-people = Чьи действия показать?
audit-not-found = По «{ $typed }» в вашем районе ничего нет.
audit-nothing = За последние 30 дней записей нет.
audit-head = <b>Записей: { $total }</b>, последние сверху
audit-line = { $moment } · { $who } · { $action } · { $entity } № { $number }
audit-request = Заявление № { $number }
audit-person = { $name }, № { $number }
audit-nameless = Без имени
audit-who = { $actor ->
    [person] семья
    [cli] оператор
   *[system] система
}
audit-entity = { $entity ->
    [children] ребёнок
    [certificates] сертификат
    [applications] заявка
    [people] человек
    [consents] согласие
    [registry_tasks] задача
    [staff_rights] право
   *[other] { $entity }
}
audit-did = { $action ->
    [application-accepted] принял заявку
    [application-opened] смотрел данные
    [application-made] подал заявку
    [application-refused] отказал
    [application-withdrawn] отозвана заявка
    [certificate-annulled] аннулировал
    [certificate-closed] закрыто заявление
    [certificate-confirmed] подтвердил
    [certificate-opened] смотрел данные
    [certificate-refused] отказал
    [certificate-requested] подал заявление
    [certificate-mended] исправил данные
    [child-registered] внёс ребёнка
    [child-completed] дополнил данные
    [consent-given] дал согласие
    [consent-withdrawn] отозвал согласие
    [person-erased] удалил свои данные
    [audit-looked] смотрел журнал
    [point-looked-up] искал заявление
    [staff-granted] выдал право
    [staff-revoked] отозвал право
   *[other] { $code }
}
button-audit-people = По сотруднику
expects-audit-number = Жду номер заявления или четыре цифры сертификата.
button-office-audit = Кто смотрел и менял

# Exports at the command line.
cli-help-export = Выгрузить таблицы для проверяющих.
cli-help-export-audit = Журнал целиком: номера и коды, без имён.
cli-help-export-file = Новый файл .xlsx или .csv.
cli-export-kind = Умею .xlsx и .csv: назовите файл так.
cli-export-exists = Файл уже есть, поверх не пишу: { $file }
cli-export-done = Выгружено записей: { $count }, файл { $file }
