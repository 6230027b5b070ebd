# Looking for a club in one's own words.

search-ask =
    Напишите, что ищете, своими словами. Например: «рисование для девочки 7 лет, бесплатно» или «шахматы по субботам».
    Опечатки не страшны.
search-head = { $more ->
    [yes] Нашлось больше { $total } кружков
   *[no] { $total ->
        [one] Нашёлся { $total } кружок
        [few] Нашлось { $total } кружка
       *[many] Нашлось { $total } кружков
    }
}
search-nothing = Ничего не нашлось. Напишите иначе или короче, уберите лишнее кнопкой с крестиком или выберите тему.
search-not-understood = Не понял, что искать: «{ $typed }». Напишите название или занятие и возраст, например: «танцы 6 лет».
search-corrected = Показываю для «{ $taken }», в запросе было «{ $typed }».
search-corrected-in-vain = Искал «{ $taken }», в запросе было «{ $typed }».
search-where = { $organisation } · { $distance }
search-wish = { $kind ->
    [words] { $value }
    [not_words] без: { $value }
    [age] { $value }
    [direction] { $value }
    [not_direction] кроме: { $value }
    [free] бесплатно
    [certificate] по сертификату
    [price_up_to] до { $value }
    [day] { $value }
    [after] с { $value }
    [before] до { $value }
    [place] { $value }
    [near] рядом
    [adapted] особенности развития
    [holiday] на каникулах
   *[remote] онлайн
}
search-wished = Ищу:
search-wished-one = { $met ->
    [no] <s>{ $wish }</s>
   *[yes] { $wish }
}
search-wished-more = и ещё { $count }
search-wishes-all = Вот что ищу. Нажмите на лишнее, и я уберу его. «Нет» — этого среди кружков не нашлось.
search-given-up-together = Всё сразу не нашлось. Показываю без этого: { $wishes }.
search-mentioned = В названиях «{ $words }» не встретилось, вот где об этом говорят в описании.
search-given-up-words = «{ $value }»: точно такого нет, вот близкое.
search-given-up-not-words = Без «{ $value }» ничего нет, показываю всё.
search-given-up-age = Для возраста { $value } ничего нет, вот для другого.
search-given-up-direction = По теме «{ $value }» ничего нет, вот другие темы.
search-given-up-not-direction = Кроме темы «{ $value }», ничего нет.
search-given-up-free = Бесплатного нет, вот платное.
search-given-up-certificate = По сертификату ничего нет, вот остальное.
search-given-up-price-up-to = До { $value } ничего нет, вот дороже.
search-given-up-day = Дни { $value }: ничего нет, вот в другие.
search-given-up-after = С { $value } ничего нет, вот в другое время.
search-given-up-before = До { $value } ничего нет, вот в другое время.
search-given-up-place = «{ $value }»: там ничего нет, вот в других местах.
search-given-up-near = Рядом ничего нет, вот подальше.
search-given-up-adapted = Для детей с особенностями развития такого нет, вот обычные кружки.
search-given-up-holiday = На каникулах такого нет, вот в учебный год.
search-given-up-remote = Онлайн такого нет, вот очные занятия.
search-order-ask = Что показать сначала?
search-near-unknown = Чтобы посчитать расстояние, нажмите «Порядок», потом «Ближе ко мне».
search-near-ask =
    Нажмите «Отправить место» внизу экрана: покажу, что ближе.
    Место округлю до 500 метров и забуду, когда закончим искать.
search-near-keyboard = Кнопка ниже, под полем ввода.
search-near-no-place = Место не пришло: на компьютере эта кнопка работает не всегда. Нажмите её на телефоне или вернитесь к кружкам.
search-near-taken = Место взял примерно, до 500 метров. Забуду, когда закончим искать.
search-near-nobody = Где находятся кружки, я пока не знаю: сотрудники ещё не отметили их на карте.
distance-close = ближе 500 м
distance = около { $km } км
button-wish = { $wish } ✕
button-wish-given-up = { $wish } · нет ✕
button-wishes = Ещё { $more ->
    [one] { $more } пожелание
    [few] { $more } пожелания
   *[many] { $more } пожеланий
}
search-order = { $sort ->
    [fit] Порядок: подходящие
    [seats] Порядок: где больше мест
   *[nearness] Порядок: ближе
}
button-by-theme = По теме
button-advice = Подобрать
button-order-fit = Подходящие
button-order-seats = Где больше мест
button-order-near = Ближе ко мне
button-send-place = Отправить место
