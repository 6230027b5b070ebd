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
expects-registry-number = Жду номер из Навигатора, 10 цифр.
button-registry-enter = Внести в Навигатор
button-registry-fields = Показать поля
button-registry-number = Номер внесён
button-registry-entered = Внесено
button-registry-refused = Навигатор отказал
button-registry-send = Отправить
button-registry-change = Изменить
button-registry-next = К заданиям
