# Words that stand inside other sentences: days, ages, seats, money, themes.

and = { " " }и{ " " }
weekday-short = { $day ->
    [1] пн
    [2] вт
    [3] ср
    [4] чт
    [5] пт
    [6] сб
   *[7] вс
}
schedule-part = { $days } { $starts }–{ $ends }
schedule-part-open = { $days } { $starts }
schedule-unknown = время уточните в кружке
until-day = { $weekday ->
    [1] понедельника
    [2] вторника
    [3] среды
    [4] четверга
    [5] пятницы
    [6] субботы
   *[7] воскресенья
}, { $day }
age-one = { $years ->
    [one] { $years } год
    [few] { $years } года
   *[many] { $years } лет
}
age-span = { $oldest ->
    [one] { $youngest }–{ $oldest } год
    [few] { $youngest }–{ $oldest } года
   *[many] { $youngest }–{ $oldest } лет
}
seats = { $left ->
    [0] мест нет
    [one] { $left } место
    [few] { $left } места
   *[many] { $left } мест
}
seats-open = места есть
seats-not-taking = запись закрыта
price-free = бесплатно
price-unknown = цену уточните в кружке
price = { $money } за весь курс
theme = { $direction ->
    [technical] техника
    [natural_science] природа и наука
    [sports] спорт
    [arts] творчество
    [tourism] туризм и краеведение
   *[humanities] общество и языки
}
group-address = Адрес: { $address }
group-teacher = Педагог: { $teacher }
group-starts = Занятия с { $day }
contact = { $organisation }, телефон { $phone }
contact-unknown = { $organisation }, телефон подскажут в центре: кнопка «Спросить»
staff-note = Пояснение: «{ $note }»
typed-back = Вы написали: «{ $typed }».
