# Families as staff see them: requests to change a record, possible doubles.

button-office-families = Анкеты детей
staff-families = Анкеты детей: просьбы об изменении и возможные двойники. Каждый просмотр записывается.
button-staff-changes = Просьбы об изменении: { $changes }
button-staff-doubles = Двойники: { $doubles }
button-staff-undoable = Отменить объединение: { $undoable }
staff-changes = Просьб об изменении: { $count }. Выберите одну.
staff-change-label = № { $number } · { $field ->
    [name] имя
    [born] дата рождения
   *[snils] СНИЛС
}
staff-change =
    Просьба № { $number } от { $asked }: { $field ->
        [name] имя
        [born] дата рождения
       *[snils] СНИЛС
    }
    Сейчас: { $stands }
    Просят: <b>{ $wanted }</b>
    Сверьте с документами. Номер сертификата останется прежним.
staff-change-closed = Просьба № { $number } уже решена.
staff-change-decided = { $state ->
    [accepted] Изменение внесено, семья узнает.
   *[refused] Отклонено, семья узнает.
}
staff-in-person-set = Отмечено: эту анкету меняют только лично.
staff-value-none = не указано
button-staff-accept = Внести
button-staff-refuse = Отклонить
button-staff-in-person = Изменения только лично
staff-doubles = Возможных двойников: { $count }. Предлагает программа, решают два сотрудника.
staff-pair =
    { $state ->
        [proposed] Объединение предложено, нужен второй сотрудник.
        [mine] Вы предложили объединить, подтверждает другой сотрудник.
       *[fresh] Возможно, это один ребёнок.
    }
    Останется: { $kept }
    Уйдёт в неё: { $gone }
staff-double-record = { $name }, { $born }, { $confirmed ->
    [yes] документы проверены
   *[no] документы не смотрели
}, { $tail ->
    [none] сертификата нет
   *[other] сертификат …{ $tail }
}, родителей: { $guardians }
staff-double-gone = Этой пары больше нет: её уже решили.
staff-merge-proposed = Предложено. Подтвердит другой сотрудник.
staff-merged = Объединено. Отменить можно семь дней.
staff-parted = Отмечено: это разные дети. Больше не предложу.
staff-undoable = Объединений, которые ещё можно отменить: { $count }. Нажмите, чтобы вернуть как было.
staff-undo = Отменить № { $number }
staff-merge-undone = Объединение № { $number } отменено.
button-staff-propose = Предложить объединить
button-staff-merge = Объединить
button-staff-part = Это разные дети
notice-change-requested = Просьба № { $number } изменить анкету ребёнка. Откройте в личном чате со мной: меню, «Для сотрудников», «Анкеты детей».
notice-certificate-moved = Сертификат по заявлению № { $number }: семья переехала. Был: { $left }. Теперь: { $there }. Номер прежний.
