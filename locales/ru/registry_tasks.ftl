# What staff carry over into the registry kept elsewhere, and what its files say otherwise.

registry-tasks = Внести в Навигатор: { $count ->
    [one] { $count } задание
    [few] { $count } задания
   *[many] { $count } заданий
}. Выберите, что вносите.
registry-tasks-none = Всё внесено: заданий нет.
registry-task-label = { $subject ->
    [certificates] Сертификат № { $id }
   *[applications] Заявка № { $id }
} · с { $day }
registry-task-asked = Задание «внести в Навигатор». Поля покажу по кнопке.
registry-task =
    { $subject ->
        [certificates] <b>Сертификат № { $id }</b>: внесите ребёнка в Навигатор.
       *[applications] <b>Заявка № { $id }</b>: внесите её в Навигатор.
    } Нажмите на значение, оно скопируется.
    { "" }
card-to-enter = Осталось внести в Навигатор.
registry-field = { $field ->
    [number] Номер сертификата
    [last-name] Фамилия
    [first-name] Имя
    [patronymic] Отчество
    [born] Дата рождения
    [snils] СНИЛС
    [organisation] Организация
    [programme] Программа
    [group] Группа
    [guardian] Представитель
   *[phone] Телефон
}
registry-task-ended = { $subject ->
    [certificates] Сертификат № { $id }
   *[applications] Заявка № { $id }
}: задание уже выполнено, вносить ничего не нужно.
registry-number = Напишите номер, который дал Навигатор: 10 цифр. Например: 2300000110.
registry-number-check = Номер <b>{ $number }</b>. Семья сразу узнает, что сертификат готов. Верно?
registry-reason = Почему Навигатор не принял? Семья прочитает это дословно. От { $least } до { $most } знаков.
registry-reason-check =
    Семья прочитает:

    { $note }

    Отправить?
registry-done = Записано, семье я напишу. { $count ->
    [0] Больше заданий нет.
    [one] Осталось { $count } задание.
    [few] Осталось { $count } задания.
   *[many] Осталось { $count } заданий.
}
registry-late = На это задание уже ответили раньше. { $count ->
    [0] Больше заданий нет.
    [one] Осталось { $count } задание.
    [few] Осталось { $count } задания.
   *[many] Осталось { $count } заданий.
}
expects-task-number = Жду номер из Навигатора, 10 цифр.
button-registry-enter = Внести в Навигатор
button-registry-fields = Показать поля
button-registry-number = Номер внесён
button-registry-entered = Внесено
button-registry-refused = Навигатор отказал
button-registry-send = Отправить
button-registry-change = Изменить
button-registry-next = К заданиям
refusal-bad-value-number-digits = Номер: нужно 10 цифр.
refusal-bad-value-number-taken = Номер: такой уже есть у другого сертификата. Сверьте с Навигатором.

registry-differences = Расхождения с файлами Навигатора: { $count }. Пока вы не решите, остаётся как у нас.
registry-differences-none = Расхождений с файлами Навигатора нет.
registry-difference-label = { $kind ->
    [number] Номер
    [state] Статус
    [name] Имя
    [group] Группа
   *[not_there] Нет в списке
} · { $subject ->
    [certificates] сертификат
    [children] ребёнок
   *[applications] заявка
} № { $id }
registry-difference =
    <b>{ $kind ->
        [number] Другой номер сертификата
        [state] Другой статус сертификата
        [name] Другое имя или дата рождения
        [group] Другая группа
       *[not_there] Занимается у нас, в файле его нет
    }</b>
    Ребёнок: { $child }, { $born }

    У нас: <b>{ $ours }</b>
    В файле: <b>{ $theirs }</b>
    Замечено: { $found }
registry-difference-nothing = не указано
registry-difference-tail = заканчивается на { $tail }
registry-theirs-check =
    { "" }
    Заменить на то, что в файле? Семья об этом узнает.
registry-theirs-taken = Принято из файла.
registry-ours-kept = Оставлено как у нас. Пока файл говорит то же самое, больше не спрошу.
registry-put-off = Отложено: останется в списке.
registry-difference-late = Это расхождение уже решено или устарело.
button-registry-theirs = Принять из файла
button-registry-ours = Оставить наше
button-registry-later = Разобраться позже
button-registry-take = Заменить
button-registry-not-yet = Не сейчас
