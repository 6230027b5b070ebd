# Looking for a club.

programmes-directions = Выберите тему. Рядом: сколько там кружков.
programmes-nothing = В этом районе кружков в списке пока нет. Загляните позже или спросите центр.
button-direction = { $theme } · { $count }
programmes-list-head = <b>{ $theme }</b>: { $total ->
    [one] { $total } кружок
    [few] { $total } кружка
   *[many] { $total } кружков
}
programmes-list-page = , страница { $page } из { $pages }
programmes-line =
    <b>{ $number }. { $title }</b>
    { $ages } · { $seats } · { $price }
    { $organisation }
programmes-line-label = { $number }. { $title }
button-earlier = Раньше
button-later = Дальше
programme-card =
    <b>{ $title }</b>
    { $organisation }
    { $theme } · { $ages } · { $price }
programme-organisation = { $organisation }, { $district }
programme-about = { $about }
programme-adapted = Подходит для детей с особенностями развития.
programme-remote = Занятия онлайн: заниматься можно из дома.
programme-holiday = Занятия на каникулах.
programme-group =
    <b>{ $name }</b>: { $schedule }
    { $where }Сейчас: { $seats }
programme-groups-part = Группы { $first }–{ $last } из { $total }. Остальные по кнопке.
programme-certificate = Для записи нужен сертификат. Если его нет, оформим здесь же.
programme-closed = Запись сейчас закрыта. Посмотрите похожие кружки или спросите центр, когда она откроется.
programme-full = Свободных мест сейчас нет.
programme-similar = Похожее, где есть места:
programme-similar-line = • { $title }: { $ages }, { $seats }
programme-share = { $title }, { $organisation }. { $ages }, { $price }.
compare-nothing = Сравнивать пока не с чем: похожих кружков не нашлось. Найдите второй кружок и откройте сравнение из его карточки.
compare-pick =
    С каким кружком сравнить «{ $title }»?
    Ниже те, что были рядом в списке, и похожие.
compare-head = <b>{ $number }. { $title }</b>, { $organisation }
compare-row = { $row ->
    [ages] Возраст
    [days] Дни
    [price] Цена
    [seats] Места
   *[place] Где
}
compare-same = <b>{ $what }</b>, одинаково: { $value }
compare-differ =
    <b>{ $what }</b>
    1: { $first }
    2: { $second }
compare-more-groups = { $days } и ещё { $rest ->
    [one] { $rest } группа
    [few] { $rest } группы
   *[many] { $rest } групп
}
compare-place-unknown = адрес подскажут в кружке
button-share = Поделиться
button-compare = Сравнить
button-open-numbered = Открыть { $number }: { $title }
programme-gone = Этого кружка в списке больше нет. Посмотрите другие: их много.
button-apply = Записать
button-apply-group = Записать: { $schedule }
button-apply-named = Записать: { $name }
