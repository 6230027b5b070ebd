# What happens to a request and to a certificate later: reminders, closing, opening again.

certificate-closed-reopens = { $first }: заявление № { $number } закрыто, документы за 30 дней не показали. Ничего страшного: одно касание откроет его снова, с тем же номером и кодом. Так можно до { $reopen }.
certificate-reopened = Открыл снова.
certificate-reminder =
    { $first }: заявление на сертификат № { $number } ждёт вас до { $until }, { $days ->
        [0] сегодня последний день
        [one] остался { $days } день
        [few] осталось { $days } дня
       *[many] осталось { $days } дней
    }. Покажите свидетельство о рождении и свой паспорт в любом из мест рядом, хватит пяти минут.

    Код для сотрудника: <b>{ $code }</b>.
refusal-reopen-too-late = Заявление закрылось больше 14 дней назад. Оформите сертификат снова, это одна минута.
button-reopen = Открыть снова

# What a request lacks.
certificate-needed = { $needed ->
    [name] фамилия, имя и отчество ребёнка, как в свидетельстве о рождении
    [born] дата рождения ребёнка
    [snils] СНИЛС ребёнка
    [phone] ваш телефон
   *[other] уточнение
}
need-answer =
    { $first }, заявление № { $number }. Нужно: { $asked }.
    { $example }
need-example = { $needed ->
    [name] Напишите одной строкой, например: Петрова Алиса Ивановна.
    [born] Напишите день, месяц и год, например: 05.03.2017.
    [snils] Напишите 11 цифр, например: 112-233-445 95.
    [phone] Напишите номер, например: +7 918 123-45-67.
   *[other] Ответьте одним сообщением, словами.
}
need-check =
    Заявление № { $number }. Проверьте ответ:
    <b>{ $value }</b>

    Отправить?
need-receipt = { $first }: ответ получил, заявление № { $number } снова у специалиста. Напишу, как только он ответит.
need-nothing = Сейчас ничего уточнять не нужно. Что с заявлением, видно в «Сертификат».
expects-need = Жду ответ на вопрос специалиста.
button-answer-need = Ответить
button-send-need = Отправить
button-change-need = Изменить
button-write-need = Написать, что нужно

# Suspended, ended, grown up.
certificate-halt = { $reason ->
    [moved] ребёнок переехал в другой район
    [data] данные не сошлись с документами
    [double] у ребёнка уже есть другой сертификат
    [family] вы от него отказались
    [grown] исполнилось 18 лет
   *[other] причину подскажут в центре
}
certificate-adult-soon = { $first }: 18 лет исполнится { $day }. С этого дня записаться по сертификату уже нельзя, и этот кабинет закроется. Кружки, где занятия идут, доходят до конца. Успейте записаться раньше, если собирались.
certificate-grown = Ребёнку исполнилось 18 лет: сертификат больше не действует, его страницы в вашем кабинете закрыты. Теперь согласие даёт он сам: пусть напишет мне со своего телефона.
refusal-studies-now = Ребёнок сейчас занимается в кружке. Сначала он должен уйти из кружка, потом можно остановить сертификат.
button-halt-send = Всё верно
button-suspend-certificate = Приостановить
button-annul-certificate = Аннулировать
button-resume-certificate = Возобновить

# The card, the counters.
button-certificate-card = Карточка с QR
button-replace-link = Заменить QR
card-title = Сертификат дополнительного образования
card-number = Номер
card-validity = Действует до { $day } года
card-qr = Покажите сотруднику
card-caption = { $child }: сертификат, номер <code>{ $number }</code>, { $place }. { $until }.
    Ссылка из QR: { $link }
    Она открывает сертификат только вам и сотрудникам. Если карточка попала к чужим, нажмите «Заменить QR».
certificate-since = Так с { $day }.
certificate-used = Сейчас по сертификату кружков: значимых { $significant } из { $limit }, предпрофессиональных { $preprofessional }, других бесплатных { $other }.
certificate-money = Сертификат с деньгами: сумма на год { $nominal }{ $until ->
    [none] {""}
   *[other] , тратить можно с { $from } по { $until }
}.
link-certificate-staff = Сертификат нашёлся, подробности пришлю следующим сообщением.
