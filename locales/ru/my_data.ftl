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
    Всё это можно скачать файлом, согласие отозвать, данные удалить: кнопки ниже.
my-data-title = Что хранит Кружок
button-my-data-file = Скачать файлом
button-my-data-consents = Отозвать согласие
button-my-data-erase = Удалить мои данные
my-data-take-back = Какое согласие отозвать? Сначала скажу, что от этого изменится.
my-data-no-consents = Согласий нет: отзывать нечего.
my-data-consent-button = { $kind ->
    [processing] Хранить данные
    [transfer] Передать: { $provider }
   *[mailings] Новости о наборе
}
my-data-withdraw = Отозвать согласие передавать данные кружку <b>{ $provider }</b>? Новые заявки туда уйдут только с новым согласием.
my-data-withdraw-ends = Вместе с согласием отменю:
my-data-stays = Останется: ребёнок там уже занимается. Чтобы уйти из кружка, напишите заявление в самом кружке.
button-my-data-withdraw = Отозвать
button-my-data-keep = Нет, оставить
my-data-withdrawn-mailings = Новости о наборе больше не пришлю.
my-data-withdrawn-transfer = Согласие для кружка { $provider } отозвано.
my-data-processing-is-all = Без согласия хранить данные нельзя, поэтому отозвать его и удалить данные — одно и то же.
my-data-erase = <b>Удалить ваши данные?</b> Сотру имя, телефон и согласия.
my-data-erase-children = Вместе с вами сотру детей, у которых здесь больше никого нет: { $names }.
my-data-erase-left = Останутся у второго родителя: { $names }.
my-data-and-more = { $names } и ещё { $count }
my-data-more-lines = • и ещё { $count }
my-data-erase-ends = Закончится:
my-data-erase-staff = Права сотрудника тоже закончатся.
my-data-erase-stays =
    Навигатор ведёт свой список, его я не меняю: чтобы удалить и там, позвоните { $phone }.
    У нас останется только акт: номер и время, без имён.
button-my-data-go-on = Удалить
my-data-sure = Точно удалить? Вернуть будет нельзя, но прийти заново можно в любой день.
button-my-data-erase-all = Да, удалить всё
my-data-erased =
    <b>Ваши данные удалены.</b> Акт № { $number }, { $day }: запишите номер, по нему центр подтвердит удаление.
    Если вернётесь, познакомимся заново.
