# A file that staff send to the bot: what it is, a trial, a decision. Official terms, no tone.

imports-kind-name = { $kind ->
    [programmes] программы и группы
    [children] дети
    [certificates] сертификаты
    [knowledge] база знаний
   *[enrolments] зачисленные дети
}
imports-kind-label = { $kind ->
    [programmes] Программы и группы
    [children] Дети
    [certificates] Сертификаты
    [knowledge] База знаний
   *[enrolments] Зачисленные дети
}
imports-kind-guess =
    Файл получен, муниципалитет: { $municipality }. Похоже, это { $guess }.
    Нажмите, что проверить. Проверка ничего не записывает.
imports-kind-ask =
    Файл получен, муниципалитет: { $municipality }. По столбцам не понять, что в нём.
    Нажмите, что проверить. Проверка ничего не записывает.
imports-too-big =
    Файл больше 20 МБ: Telegram не отдаёт такие ботам. Загрузите его командой на сервере:
    <code>kruzhok import programmes ФАЙЛ --dry-run</code>
    Вместо programmes можно children, certificates, enrolments или knowledge.
imports-families-off =
    Похоже, это список детей. Здесь бот не работает с личными данными, поэтому файл я удалил и ничего не загрузил.
    Загрузите его командой на сервере: <code>kruzhok import children ФАЙЛ --dry-run</code>
    Программы и базу знаний можно присылать сюда.
imports-right-gone = Права загружать файлы у вас больше нет. Из файла ничего не загружено.
imports-missing =
    В файле нет программ: { $programmes } из { $published } опубликованных. Нет групп: { $groups } из { $listed }.
    Убрать их в архив? Заявки и зачисления останутся в силе.
imports-many =
    { $municipality }: в файле нет программ: { $programmes } из { $published }, нет групп: { $groups } из { $listed }. Похоже, файл неполный.
    Если убрать их, родители перестанут видеть эти программы и записываться в эти группы. Заявки и зачисления останутся в силе. Убрать?
imports-archived = Программ в архиве: { $archived }. Групп, закрытых для записи: { $closed }.
imports-kept = Изменено в боте, оставлено: { $kept } ({ $codes }).
imports-unreadable = Загрузить этот файл нельзя.
imports-not-given = Telegram не отдал файл. Попробуйте ещё раз; если не поможет, пришлите файл заново.
imports-trial = <b>Проверка</b>: { $kind }, { $municipality }.
imports-counts = Прочитано строк: { $read }. Новых: { $new }, изменённых: { $changed }, без изменений: { $unchanged }, отказов: { $refused }.
imports-row = Строка { $row }, «{ $column }»: «{ $value }» — { $reason }.
imports-rows-more = Ещё строк с отказами: { $rows }. Все они в файле выше.
imports-trial-decide = Пока ничего не записано. Принять?
imports-trial-partly = Пока ничего не записано. Исправьте файл и пришлите снова или примите остальные строки.
imports-trial-nothing = Записывать нечего.
imports-done = <b>Загружено</b>: { $kind }, { $municipality }.
imports-known = <b>Всё это уже загружено</b>: { $kind }, { $municipality }.
imports-cancelled = Хорошо, из файла ничего не загружено.
imports-file-name = отказы.csv
imports-column-row = Строка
imports-column-column = Столбец
imports-column-value = Значение
imports-column-reason = Причина
button-accept-file = Принять
button-accept-good = Принять без ошибочных строк
button-accept-archiving = Принять, чего нет — в архив
button-archive-many = Да, убрать: { $programmes } и { $groups }
button-cancel-file = Отменить
expects-import-kind = Выберите кнопкой, что в файле, или отмените.
expects-import-decision = Решите кнопкой: принять или отменить.

refusal-file-changed = Это уже другой файл, не тот, что проверяли. Проверьте его ещё раз.
