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

# For staff.
card-needs = Что нужно от семьи?
card-needed = { $needed ->
    [name] имя ребёнка
    [born] дата рождения
    [snils] СНИЛС
    [phone] телефон
   *[other] другое
}
card-button-ask = Нужны данные
card-button-ask-other = Другое
need-asked = Сертификат № { $id }: нужны данные. Нажмите кнопку и напишите одним сообщением, что нужно: это прочитает семья.
need-typing = Сертификат № { $id }. Напишите, что нужно от семьи: от { $least } до { $most } знаков. Она прочитает это после слов «не хватает данных».
need-done = Сертификат № { $id }: вопрос отправлен семье. Как ответит, карточка изменится.
details-asked = Спросили у семьи: { $asked }
details-answered = Ответ семьи: { $answer }
details-given = Семья ответила: данные выше уже новые.
