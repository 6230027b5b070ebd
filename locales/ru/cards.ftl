# Cards in staff chats: official terms, no personal data.

card-certificate = <b>Сертификат № { $id }</b> · { $state }
card-application = <b>Заявка № { $id }</b> · { $state }
card-child = Ребёнок, { $age }
card-application-about =
    { $programme }, { $group }
    { $organisation }
card-answer-by = Ответить до: { $day }
card-double = Возможен второй сертификат: сверьте в «Открыть».
card-waiting = ждёт с { $day }
card-age = { $years ->
    [one] { $years } год
    [few] { $years } года
   *[many] { $years } лет
}
card-decided = Решение: { $state } · { $who } · { $when }
card-decider-unknown = сотрудник
card-reasons = Почему отказать?

card-certificate-state = { $state ->
    [awaiting_visit] ждёт визита
    [under_review] на рассмотрении
    [to_enter] документы сверены, внести в Навигатор
    [needs_data] нужны данные
    [active] действует
    [refused] отказано
    [closed] закрыт без визита
    [suspended] приостановлен
    [annulled] аннулирован
   *[other] { $state }
}
card-application-state = { $state ->
    [new] новая
    [needs_detail] нужно уточнение
    [confirmed] подтверждена
    [studying] обучается
    [refused] отклонена
    [withdrawn] отозвана семьёй
    [finished] завершена
   *[other] { $state }
}
card-certificate-reason = { $reason ->
    [not_resident] живёт не здесь
    [wrong_data] данные не сходятся
    [no_documents] нет документов
    [has_certificate] сертификат уже есть
   *[other] другая причина
}
card-application-reason = { $reason ->
    [no_seats] нет мест
    [age] не тот возраст
    [documents] нет документов
    [schedule] расписание изменилось
    [certificate] сертификат не действует
   *[other] другая причина
}

card-button-open = Открыть
card-button-confirm = Подтвердить
card-button-accept = Принять
card-button-refuse = Отказать
card-button-other = Другая причина
card-button-back = Назад

# Answers to a press: plain text, at most 200 characters.
card-alert-none = Здесь нечего решать: такой карточки нет или решать её могут другие.
card-alert-personal-off = Личные данные через этот бот сейчас не передают: открыть и решить здесь нельзя. Спросите руководителя центра.
card-alert-outdated = Эта кнопка устарела. Нужная карточка ниже в чате.
card-alert-decided = Решение уже есть: { $state } · { $who } · { $when }
card-alert-changed = Карточка изменилась, пока вы решали. Посмотрите её ещё раз.
card-alert-double = Такой СНИЛС уже есть у другого сертификата. Сверьте документы: откройте карточку.
card-alert-number = Здесь нужен номер из внешнего реестра: кнопкой его не подтвердить.
card-alert-refused = Сейчас так решить нельзя. Откройте карточку и проверьте данные.
card-alert-private-closed = Не могу написать вам лично: вы остановили бота. Откройте { $link } и нажмите «Запустить», потом кнопку ещё раз.
card-toast-details = Подробности в личном чате со мной
card-toast-reason = Напишите причину в личном чате со мной

topic-certificates = Сертификаты
topic-applications = Заявки

details-certificate = <b>Сертификат № { $id }</b> · { $state }
    Ребёнок: { $child }
    Дата рождения: { $born }, { $age }
    СНИЛС: { $snils }
    Родитель: { $guardian }
    Телефон: { $phone }
    Код визита: { $visit }
details-application = <b>Заявка № { $id }</b> · { $state }
    Ребёнок: { $child }
    Дата рождения: { $born }, { $age } на начало занятий
    Родитель: { $guardian }
    Телефон: { $phone }
    Сертификат: { $certificate }
    Программа: { $programme }, { $group }
    Организация: { $organisation }
details-visit = { $code }, до { $until }
details-double = Похожих записей: { $count }. Сверьте имя, дату рождения и СНИЛС с документами.
details-tail = заканчивается на { $tail }
details-decided = Решение: { $who } · { $when }
details-reason = Причина: { $reason }
details-note = Причина словами: { $note }
details-none = нет данных

reason-asked = { $subject } № { $id }: отказ с вашими словами. Нажмите кнопку и напишите причину одним сообщением, её прочитает семья.
reason-subject = { $subject ->
    [certificates] Сертификат
   *[applications] Заявка
}
reason-button-write = Написать причину
reason-typing = { $subject } № { $id }: отказ. Напишите причину одним сообщением, от { $least } до { $most } знаков. Её прочитает семья, поэтому подскажите, что делать дальше.
refusal-bad-value-note-short = Слишком коротко: так семья не поймёт, что исправить. Нужно хотя бы { $least } знаков.
refusal-bad-value-note-long = Слишком длинно: { $length } знаков, а можно до { $most }.
reason-checking = Проверьте. { $subject } № { $id }: отказ.
    Семья прочитает: «{ $note }»
reason-button-send = Отказать
reason-button-change = Изменить
reason-done = { $subject } № { $id }: отказ записан. Семья получит сообщение с вашими словами.
reason-late = { $subject } № { $id }. Отказ не записан: решение уже есть. { $decided }
reason-none = Здесь нечего решать: такой заявки нет или решать её могут другие.
expects-reason = Жду причину отказа одним сообщением.
expects-reason-check = Проверьте причину и нажмите «Отказать» или «Изменить».
