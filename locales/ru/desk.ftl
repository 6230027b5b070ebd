# The web desk of staff: official terms, short lines.

refusal-desk-link-invalid = Эта ссылка уже не действует: она на один раз и на пять минут. Напишите боту /desk, придёт новая.
refusal-desk-closed = Вход закончился или его ещё не было. Напишите боту в личный чат /desk, придёт ссылка на один раз.
refusal-desk-tries-spent = Слишком много неверных ссылок подряд. Подождите минуту и попробуйте снова.
refusal-too-many-ticked = За один раз можно подтвердить до { $most }. Снимите лишние отметки.
refusal-bad-value-desk-search-unclear = Не понимаю, что искать. Нужен номер (318), код семьи (318-47) или фамилия и имя полностью.

desk-link = Вход на рабочий стол, на один раз и на пять минут: <a href="{ $link }">{ $link }</a>
    Откройте ссылку на рабочем компьютере. Никому её не пересылайте: по ней видны заявки семей.
desk-link-off = Личные данные через этот бот сейчас не передают, рабочий стол закрыт. Спросите руководителя центра.
button-office-desk = Рабочий стол

desk-title = Рабочий стол
desk-skip = К содержанию
desk-home = На рабочий стол
desk-enter-about = Здесь заявления на сертификат и заявки в кружки вашего района. Нажмите кнопку, чтобы войти: ссылка сработает один раз.
desk-enter = Войти
desk-leave = Выйти
desk-leave-everywhere = Выйти везде
desk-tab-certificates = Сертификаты
desk-tab-applications = Заявки
desk-tab-requests = Заявки и сертификаты
desk-tab-files = Списки и бланки
desk-tab-sessions = Мои входы
desk-one-certificates = Сертификат
desk-one-applications = Заявка

desk-told-off = Личные данные через этого бота сейчас не передают, рабочий стол закрыт. Спросите руководителя центра.
desk-told-nothing = Здесь ничего нет: такой страницы не было, её срок вышел или она не для вашей роли.
desk-told-form = Страница устарела, ничего не записано. Откройте её ещё раз и повторите.
desk-told-away = База данных сейчас не отвечает, ничего не записано. Попробуйте через минуту.
desk-told-failed = Не получилось, ничего не записано. Попробуйте ещё раз, а если повторится, скажите администратору бота.
desk-told-left = Вы вышли. Чтобы вернуться, напишите боту /desk.

desk-search = Найти по номеру, коду семьи или фамилии и имени
desk-search-hint = 318, 318-47, Иванова Алиса
desk-find = Найти
desk-filter = Какие показать
desk-show-open = Ждут решения
desk-show-decided = Решённые
desk-show-all = Все
desk-found = { $subject ->
    [certificates] { $count ->
        [one] { $count } заявление
        [few] { $count } заявления
       *[many] { $count } заявлений
    }
   *[applications] { $count ->
        [one] { $count } заявка
        [few] { $count } заявки
       *[many] { $count } заявок
    }
}
desk-nothing-found = Ничего не нашлось. Проверьте номер; фамилия и имя нужны полностью, как в документах.
desk-nothing-waits = Ничего не ждёт решения.
desk-tick = Отметка
desk-tick-one = Отметить № { $id }
desk-column-id = Номер
desk-column-state = Состояние
desk-column-child = Ребёнок
desk-column-about = О чём
desk-column-waits = Ждёт
desk-column-born = Дата рождения
desk-column-on = С какого дня
desk-column-tail = Сертификат заканчивается на
desk-column-programme = Программа
desk-column-group = Группа
desk-column-organisation = Организация
desk-waits = { $days ->
    [0] сегодня
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
}
desk-confirm-ticked = Подтвердить отмеченные
desk-pages = Страницы
desk-page = { $page } из { $pages }
desk-page-before = Назад
desk-page-after = Дальше
desk-done = № { $id }: записано. Семья получит сообщение.
desk-check = Подтвердить отмеченные: { $count }?
desk-check-about = Подтверждайте только тех, чьи документы видели. Каждое решение записывается отдельно, отменить его нельзя.
desk-confirm-all = Да, подтвердить
desk-report = Подтверждено: { $count }
desk-report-failed = Не получилось: { $count }
desk-back = К списку

desk-key-move = по списку
desk-key-open = открыть
desk-key-tick = отметить
desk-key-confirm-ticked = подтвердить отмеченные
desk-key-confirm = подтвердить
desk-key-search = искать
desk-key-refuse = отказать
desk-key-back = назад

desk-field-child = Ребёнок
desk-field-born = Дата рождения
desk-field-snils = СНИЛС
desk-field-visit = Код семьи
desk-field-number = Номер сертификата
desk-field-programme = Программа
desk-field-organisation = Организация
desk-field-guardian = Родитель
desk-field-phone = Телефон
desk-field-decided = Решение
desk-field-reason = Причина отказа
desk-double = { $count ->
    [one] Есть { $count } похожая запись: сверьте имя, дату рождения и СНИЛС с документами.
    [few] Есть { $count } похожие записи: сверьте имя, дату рождения и СНИЛС с документами.
   *[many] Есть { $count } похожих записей: сверьте имя, дату рождения и СНИЛС с документами.
}
desk-late = Уже решено: { $who }, { $when }. Ваше решение не записано.
desk-confirm = Подтвердить
desk-accept = Принять
desk-number-typed = Номер из «Навигатора», если уже есть
desk-refuse = Отказать
desk-refuse-why = Почему
desk-refuse-words = Своими словами: их прочитает семья
desk-refuse-send = Отказать

desk-sessions = Мои входы
desk-sessions-about = Вход закрывается сам через полчаса без дела, через десять часов и вместе с правами.
desk-session = Вошли { $begun }, последний раз здесь { $seen }
desk-session-this = этот браузер
desk-files = Списки
desk-files-about = Ссылка живёт сутки и открывается только у тех, кто вошёл и имеет право. Её можно отправить в рабочий чат, а скачанный файл нельзя. Каждое скачивание записывается.
desk-file-roster = Список группы
desk-file-certificates = Сертификаты
desk-file-applications = Заявки
desk-file-make = Получить ссылку
desk-file-until = Действует до { $until }. Адрес этой страницы и есть ссылка.
desk-file-download = Скачать таблицу
desk-blanks = Бланки
desk-blanks-about = Пустые, для родительского собрания.
desk-paper-statement = Заявление
desk-paper-consent = Согласие
desk-paper-print = Напечатать
desk-paper-whom = В { $operator }
desk-paper-statement-text = Прошу выдать сертификат дополнительного образования моему ребёнку.
desk-paper-document = Документ ребёнка (вид, серия, номер)
desk-paper-statement-shown = Документы показаны, сведения верны.
desk-paper-officer = Документы видел сотрудник
desk-paper-number = Номер согласия
desk-paper-date = Дата
desk-paper-signature = Подпись

desk-why-decided = Решение уже есть.
desk-why-nothing = Такой заявки нет, или решать её могут другие.
desk-why-double = Такой СНИЛС уже есть у другого сертификата. Сверьте документы.
desk-why-number = Номер: нужны 10 цифр, и такого номера ещё не должно быть ни у кого.
