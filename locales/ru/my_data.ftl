# Everything held about a person.

my-data-head = <b>Ваши данные: что храним и зачем</b>
my-data-person =
    Учётная запись в Telegram: { $messenger_id }
my-data-name = Ваше имя в Telegram: { $name }
my-data-phone = Телефон: { $phone }
my-data-municipality = Район: { $municipality }
my-data-locale = Язык: { $locale ->
    [ru] русский
   *[other] { $locale }
}
my-data-nothing = Больше ничего: согласий и детей нет.
my-data-consents = <b>Согласия</b>
my-data-consent = • { $kind ->
    [processing] хранить данные
    [transfer] передать кружку { $provider }
   *[mailings] присылать новости о наборе
}, версия { $version }, { $given }
my-data-consent-withdrawn = { "  " }отозвано { $withdrawn }
my-data-child = <b>{ $name }</b>, { $born }. СНИЛС: { $snils }. { $state ->
    [confirmed] Документы проверены.
   *[entered] Документы ещё не показали.
}
my-data-no-snils = не хранится
my-data-certificate = • заявление на сертификат № { $number }: { $state }
my-data-applications = <b>Заявки</b>
my-data-watches = <b>Слежу за местом</b>
my-data-cut = Показано не всё: данных больше, чем вмещает сообщение. Полный список дадут в центре.
my-data-foot =
    Зачем: чтобы оформить сертификат, записать в кружок и рассказать вам, как идут дела.
    Отозвать согласие или удалить данные: нажмите «Спросить» и позвоните, удалят при вас.
