# Applying to a club, and what becomes of it.

apply-child = Кого записываем?
apply-check =
    Проверьте заявку:

    <b>{ $first }</b> → «{ $title }»
    { $organisation }, { $group }, { $schedule }
    { $where }Сейчас: { $seats }
    { $cost }

    Кружок ответит до { $until }. Всё верно?
cost-free = Для семьи бесплатно: занятия оплачивает бюджет.
cost-family = Платит семья: { $price }. Сейчас платить не нужно: договор кружок оформит с вами, когда согласится.
apply-receipt = { $first } → «{ $title }», { $schedule }. Заявка № { $number } отправлена. Кружок ответит до { $until }, я сразу напишу. Сейчас платить и приносить ничего не нужно.
as-of = По данным на { $moment }.
application-line = • № { $number } · { $first }, «{ $title }»: { $state }
application-state = { $state ->
    [new] ждём ответа кружка
    [needs-detail] кружок просит уточнить
    [confirmed] кружок согласен
    [studying] занимается
    [refused] кружок не смог принять
    [withdrawn] вы отменили
   *[finished] больше не занимается
}
application-new = { $first } → «{ $title }», { $schedule }. Заявка № { $number } отправлена, ждём ответа кружка до { $until }.
application-needs-detail = { $first } → «{ $title }». По заявке № { $number } кружок просит уточнить данные. Позвоните: { $contact }.
application-confirmed =
    { $first } → «{ $title }», { $schedule }. По заявке № { $number } кружок согласен, место за вами.
    { $where }Осталось написать заявление в кружке. Связь: { $contact }.
application-entered = { $first } → «{ $title }». Заявка № { $number } внесена в Навигатор, место за вами. Делать ничего не нужно.
application-studying = { $first } занимается: «{ $title }», { $schedule }. Заявка № { $number }.
    { $where }Связь: { $contact }.
application-refused = { $first } → «{ $title }». По заявке № { $number } кружок не смог принять. { $reason }
application-withdrawn = { $first } → «{ $title }». Заявку № { $number } вы отменили, место освободилось.
application-finished = { $first } больше не занимается: «{ $title }». Заявка № { $number } закрыта.
application-refusal = { $reason ->
    [no-seats] Свободных мест не осталось.
    [age] Возраст не подходит для этой группы.
    [documents] Не хватило документов: спросите в кружке, каких.
    [schedule] Изменилось расписание: посмотрите другие группы.
    [certificate] Сертификат сейчас не действует: почему, видно в «Сертификат».
   *[other] Почему так, подскажут в кружке.
}
withdraw-check = { $first } → «{ $title }». Отменить заявку № { $number }? Место сразу достанется другим. Денег это не стоит.
withdraw-receipt = { $first } → «{ $title }». Заявка № { $number } отменена, место освободилось. Записаться можно снова, пока есть места.
button-application = № { $number } · { $title }
button-my-application = Моя заявка
button-withdraw = Отменить заявку
button-confirm-withdraw = Да, отменить
button-keep = Нет, оставить
button-confirm-apply = Подтвердить
button-other-child = Другой ребёнок
