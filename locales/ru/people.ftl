# People of the centre and its chats, as the head and the staff themselves see them.

people-overview =
    Сотрудники и права. Ваши роли:
    { $own }
people-none-own = своих нет, только переданные на время
people-role-at = { $role }: { $place }
people-nameless = имя не указано
people-label = { $name } · { $role }
people-handed-label = Передано: { $name }, по { $day }
people-members = Действующих прав: { $total }. Откройте сотрудника, чтобы увидеть срок или отозвать право.
people-member =
    { $name }
    { $role }
    { $term }{ $origin ->
    [handed] {" "}· передано на время
   *[other] {""}
}
people-since = с { $day }
people-until = по { $day } включительно
people-gone = Этого права уже нет.
people-revoking = Отозвать право? { $name }, { $role }. Сработает сразу: открытые у сотрудника карточки и экраны решать больше не дадут.
people-revoked = Право отозвано.
people-roles = Кого пригласить?
people-organisations = В какую организацию? Выберите или напишите часть названия.
people-no-organisations = Такой организации нет. Напишите часть названия иначе.
people-term = На какой срок? Напишите дни, например «с 01.12.2026 по 31.12.2026», или выберите «Без срока».
people-link =
    Приглашение готово: { $role }. Перешлите ссылку одному человеку: она сработает один раз и живёт семь дней.
    { $link }
people-rights = Какие дела передать?
people-receivers = Кому передать? На эти дни коллега получит то же право.
people-no-receivers = Передать пока некому: коллег без этого права нет. Попросите руководителя пригласить сотрудника.
people-days = На какие дни? Например: «с 01.12.2026 по 14.12.2026» или «по 14.12.2026».
people-checking =
    Проверьте. { $role }
    Кому: { $name }
    С какого дня: { $first }
    По какой день: { $last }
    Потом право закончится само. Ваше остаётся при вас.
people-handed =
    Дела переданы: { $name }, { $role }.
    С какого дня: { $first }. По какой день: { $last }. Вернуть раньше: /staff
people-chats = Чаты, в которых я работаю. Откройте чат, чтобы отвязать.
people-no-chats = Чатов пока нет. Код для привязки даёт администратор бота, в чате нужна команда /bind КОД.
people-chat-label = { $purpose } · { $kind }
people-chat-kind = { $kind ->
    [group] группа
    [supergroup] супергруппа
    [forum] группа с темами
    [channel] канал
   *[other] { $kind }
}
people-chat =
    { $purpose }, { $kind }
    Работает с { $since }
people-unbound = Чат отвязан: писать туда больше не буду.

people-told =
    Вам передали дела: { $role }, { $place }. С { $first } по { $last } включительно.
    Потом право закончится само. Меню: /menu
people-told-by =
    { $giver } передаёт вам дела: { $role }, { $place }. С { $first } по { $last } включительно.
    Потом право закончится само. Меню: /menu

expects-organisation-name = Жду часть названия организации или кнопку.
expects-term = Жду дни «с … по …» или кнопку «Без срока».
expects-days = Жду дни «с … по …».

command-staff = Сотрудники и права
command-desk = Рабочий стол в браузере
command-knowledge = База знаний
command-search-words = Слова поиска

button-office-people = Сотрудники и чаты
button-people-members = Кто работает
button-people-chats = Чаты
button-people-hand-over = Передать дела
button-people-invite = Пригласить
button-people-revoke = Отозвать
button-people-revoke-now = Отозвать сейчас
button-people-always = Без срока
button-people-hand-now = Передать
button-people-other-days = Другие дни
button-people-unbind = Отвязать

refusal-handing-over-twice = Передать не получится: у коллеги уже есть это право, или вам самим его передали на время.
refusal-bad-value-term-order = Последний день раньше первого. Напишите, например: «с 01.12.2026 по 14.12.2026».
refusal-bad-value-term-past = Эти дни уже прошли. Напишите день не раньше сегодняшнего.
refusal-bad-value-term-open = Нужен последний день. Напишите, например: «с 01.12.2026 по 14.12.2026».
refusal-bad-value-term-unread = Не вижу дней. Напишите, например: «с 01.12.2026 по 14.12.2026».
