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
