# Points of confirmation. What staff of a school or kindergarten see: official terms, short.

card-point = Документы смотрели: { $point }

refusal-too-many-tries = Слишком много попыток впустую: больше { $most } за час нельзя. Подождите час или передайте семью специалисту центра.
refusal-checked-locked = Документы этого ребёнка уже проверены, имя и дата закрыты. Изменить их может специалист центра.
refusal-bad-value-visit-code-unreadable = Код: не могу прочитать. Он выглядит так: { $example }.
refusal-bad-value-visit-code-many = Слишком много кодов сразу: { $count }. Помещается { $most }, пришлите частями.
refusal-bad-value-found-by-unreadable = Нужен код семьи, например 318-47. Или фамилия, имя и дата рождения целиком: Петрова Алиса 05.03.2017.
refusal-bad-value-plan-unreadable = План: нужно число детей от 1 до { $most }.

# One family
button-point = Пункт подтверждения
point-figures = <b>{ $point }</b>: подтвердили { $year } из { $plan } в этом году. Сегодня { $today }, из них вы { $mine }; вы за год { $mine_year }.
point-figures-no-plan = <b>{ $point }</b>: подтвердили { $year } в этом году. Сегодня { $today }, из них вы { $mine }; вы за год { $mine_year }.
point-find =
    Напишите код, который назвала семья, например 318-47.
    Кода нет: фамилия, имя и дата рождения ребёнка точно как в свидетельстве, одним сообщением.
expects-found-by = Жду код семьи или имя с датой рождения.
point-nobody = Не нахожу. Сверьте код или напишите имя и дату рождения ребёнка точно как в свидетельстве. Заявления нет совсем: семья подаёт его здесь же в боте или на бумаге.
point-compare = <b>Заявление № { $id }</b> · { $state }
    Ребёнок: { $child }
    Дата рождения: { $born }, { $age }
    СНИЛС: { $snils }
    Родитель (имя в мессенджере): { $guardian }
point-no-snils = не указан
point-papers = Сверьте с документами: свидетельство о рождении и паспорт родителя.
point-nothing-to-decide = Решение уже есть, делать ничего не нужно.
expects-compare = Сверьте с документами и нажмите кнопку. «Да» тоже подтвердит.
button-point-confirm = Подтвердить
button-point-add-snils = Вписать СНИЛС
button-point-mend = Исправить
button-point-differ = Данные расходятся
point-number = Какой номер сертификата дал реестр? Десять цифр.
button-point-number = Номер уже есть в реестре
expects-registry-number = Жду номер сертификата из реестра, 10 цифр.
point-double = Сертификат с этим СНИЛС уже есть у другой записи. Подтвердить здесь нельзя: передайте специалисту, семье ничего делать не нужно.
point-changed = Пока вы смотрели, заявление изменилось. Вот как оно выглядит теперь.
point-differ = { $first }: бумаги и заявление расходятся? Описку в имени, дате или СНИЛС можно исправить самим. Если дело сложнее, решит специалист центра, семья узнает сразу.
button-point-hand-on = Передать специалисту
point-handed-on = Заявление № { $id } передано специалисту центра.
point-done = { $first }: подтверждено, заявление № { $id }. Номер сертификата заканчивается на { $tail }, семья уже получает сообщение.
point-done-elsewhere = { $first }: документы проверены, заявление № { $id }. Дальше специалист внесёт запись во внешний реестр, и номер придёт семье.
button-point-next = Следующая семья
point-mend = { $first }: что исправить по документам? Родитель узнает, что запись исправили.
button-point-name = Имя
button-point-born = Дата рождения
button-point-snils = СНИЛС
point-mend-name = Напишите фамилию, имя и отчество ребёнка как в свидетельстве.
point-mend-born = Напишите дату рождения как в свидетельстве, например 05.03.2016.
point-mend-snils = Напишите СНИЛС ребёнка, 11 цифр.
point-mended = Исправил. Теперь записано так:

# A class at once
button-point-class = Класс сразу
class-codes = Пришлите коды семей подряд, одним или несколькими сообщениями: 318-47 319-05 320-11. Потом снимите галочки с тех, чьи документы вы ещё не видели.
expects-codes = Жду коды семей, например 318-47 319-05.
expects-more-codes = Отметьте семьи кнопками, пришлите ещё коды или подтвердите отмеченных.
class-head = Семей: { $families }, отмечено: { $ticked }. Сверьте каждую с документами.
class-line = { $mark } { $name }, { $born } · № { $id }
class-mark = { $mark ->
    [ticked] ✓
    [left] ○
   *[decided] решено
}
class-tick = { $mark } { $name }
class-missed = Не нашёл: { $codes }
button-class-confirm = Подтвердить отмеченных: { $ticked }
class-report = Подтверждено: { $confirmed }. { $failed ->
    [0] Все, кого вы отметили.
   *[other] Не получилось: { $failed }.
}
class-failed = № { $id }, { $name }: { $reason }
class-reason = { $reason ->
    [decided] решение уже есть или запись изменилась
    [not-found] заявления больше нет или найти его нужно заново
    [certificate-double] этот СНИЛС уже есть у другого сертификата, передайте специалисту
    [numbers-run-out] закончились номера, скажите специалисту центра
   *[other] не получилось, передайте специалисту
}
button-class-next = Ещё один класс

# Plans of points
button-office-points = Пункты подтверждения
plans-points = Пунктов: { $points }. Подтвердили в этом году { $year }, по плану { $plan }. Чтобы задать план, выберите пункт.
plans-line = { $point }: { $year } из { $plan }
plans-line-no-plan = { $point }: { $year }, план не задан
plans-ask = { $point }: сколько детей пункт ждёт в этом году?
expects-plan = Жду число детей.
plans-set = Записал план: { $plan }.
