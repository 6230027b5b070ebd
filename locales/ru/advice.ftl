# Choosing for a child: three questions, five clubs.

advice-who = Для кого подбираем? Выберите ребёнка или напишите возраст, например: 7.
advice-age = Сколько лет ребёнку? Напишите числом, например: 7.
advice-age-unknown = Возраст: не понял «{ $typed }». Напишите число полных лет, от 1 до 17, например: 7.
advice-likes = Что нравится? Можно выбрать несколько тем. Если всё равно, сразу нажмите кнопку внизу.
advice-how = Что важно? Можно выбрать несколько или сразу посмотреть.
advice-head-child = { $first }: вот что может подойти.
advice-head-age = { $years ->
    [one] Для возраста { $years } год вот что может подойти.
    [few] Для возраста { $years } года вот что может подойти.
   *[many] Для возраста { $years } лет вот что может подойти.
}
advice-line =
    <b>{ $number }. { $title }</b>
    { $facts }
    { $reasons }
advice-nothing = Для этого возраста запись сейчас нигде не идёт. Посмотрите темы или спросите центр, когда она откроется.
advice-nobody = Уже не знаю, для кого подбирать. Вернитесь назад и напишите возраст.
advice-reason = { $reason ->
    [new] новая тема: { $value }
    [other] другая тема: { $value }
    [liked] выбранная тема: { $value }
    [age] по возрасту
    [free] бесплатно
    [days] по { $value }
    [same_place] там же, куда уже ходите
    [paid] но не бесплатно
    [other_days] но в другие дни
   *[no_seats] мест пока нет, можно следить
}
weekday-every = { $day ->
    [1] понедельникам
    [2] вторникам
    [3] средам
    [4] четвергам
    [5] пятницам
    [6] субботам
   *[7] воскресеньям
}
button-advice-theme = { $chosen ->
    [yes] { $theme } ✓
   *[no] { $theme }
}
button-advice-next = { $chosen ->
    [yes] Дальше
   *[no] Любые темы
}
button-advice-free = { $free ->
    [yes] Бесплатно ✓
   *[no] Бесплатно
}
button-advice-workdays = { $workdays ->
    [yes] По будням ✓
   *[no] По будням
}
button-advice-weekend = { $weekend ->
    [yes] По выходным ✓
   *[no] По выходным
}
button-advice-show = Показать пять кружков
