# The command line, for operators.

cli-help-kruzhok = Кружок: помощник по кружкам и секциям. Настройки читаются из окружения и файла .env.
cli-help-run = Запустить: с BOT_TOKEN в Telegram, без него показ в браузере.
cli-help-demo = Запустить показ в браузере.
cli-help-db = База данных: схема, резервная копия, проверка.
cli-help-db-upgrade = Довести схему базы до последней.
cli-help-db-backup = Сохранить базу в один файл. Ключа DATA_KEY в нём нет.
cli-help-db-restore = Заменить базу резервной копией. Сообщения не уйдут до «kruzhok db unfence».
cli-help-db-unfence = Снова разрешить отправку сообщений после восстановления.
cli-help-db-check = Проверить файл базы и схему.
cli-help-backup-file = Файл резервной копии.
cli-help-municipality = Муниципалитеты.
cli-help-municipality-add = Добавить муниципалитет.
cli-help-municipality-code = Код муниципалитета.
cli-help-municipality-name = Название, как его пишут в реестре.
cli-help-centre-name = Как называется центр допобразования: так его назовут родителям.
cli-help-centre-phone = Телефон центра, по которому ответит человек.
cli-help-timezone = Часовой пояс.
cli-help-regime = Как платят за кружки: pfdo или social_order.
cli-help-registry = Где ведут сертификаты: own, в боте, или external, в Навигаторе.
cli-help-bench-import = Загрузить реестр в пустую временную базу и измерить время, память и ожидание других.
cli-help-import = Загрузка файлов.
cli-help-import-programmes = Загрузить реестр программ (.xlsx или .csv). При отказе хотя бы одной строке не загружается ничего.
cli-help-import-children = Загрузить детей: фамилия, имя, отчество, дата рождения, СНИЛС (.xlsx или .csv). Родителям их не показывает.
cli-help-import-certificates = Загрузить сертификаты: номер, имя, дата рождения, вид, статус, номинал, период.
cli-help-import-enrolments = Загрузить зачисленных: номер сертификата или имя и дата рождения, организация, программа, группа. Занимает места в группах.
cli-help-import-knowledge = Загрузить базу знаний (.jsonl, .xlsx или .csv): вопросы, ответы, примеры. Добавленное и изменённое сотрудниками остаётся.
cli-help-import-knowledge-municipality = Код муниципалитета, чьи это ответы; без него они общие для всех.
cli-help-import-file = Файл.
cli-help-archive-missing = Чего в файле нет: программы убрать в архив, группы закрыть для записи. Заявки остаются в силе.
cli-help-even-many = Вместе с --archive-missing: убрать в архив, даже если в файле нет большой части программ.
cli-help-import-municipality = Код муниципалитета для всех строк; важнее столбца в файле.
cli-help-dry-run = Только проверить, ничего не записывать.
cli-help-skip-bad = Пропустить строки с отказами и загрузить остальные.
cli-help-overwrite = Взять из файла и то, что сотрудники изменили в боте.
cli-help-json = Один документ JSON.
cli-help-ask = Спросить базу знаний: ответ, три варианта или человек.
cli-help-ask-question = Вопрос.
cli-help-batch = Файл: по вопросу в строке.
cli-help-ask-municipality = Код муниципалитета: его ответы и общие. Без него все.
cli-help-staff = Сотрудники и их права.
cli-help-staff-invite = Сделать одноразовое приглашение.
cli-help-from = С какого дня действует право: 2026-12-01 или 01.12.2026. Без него сразу.
cli-help-until = По какой день включительно. Без него бессрочно.
cli-help-staff-list = Показать действующие права.
cli-help-staff-revoke = Отозвать право.
cli-help-role = Роль.
cli-help-organisation = Номер организации; нужен для роли provider.
cli-help-right = Номер права из «kruzhok staff list».
cli-help-chats = Рабочие чаты.
cli-help-chats-bind = Сделать одноразовый код: его отправляют в чате как /bind КОД.
cli-help-chats-list = Показать привязанные чаты.
cli-help-purpose = Для чего чат.
cli-help-doctor = Проверить, что данные не противоречат друг другу.

cli-db-upgraded = Схема базы последняя.
cli-db-backed-up = Копия базы сохранена: { $file }
cli-db-key-apart = Ключа DATA_KEY в копии нет. Храните его отдельно: без него не прочитать СНИЛС, телефоны и номера сертификатов.
cli-db-restored = База восстановлена из { $file }
cli-db-kept = Прежняя база сохранена рядом: { $file }
cli-db-fenced = Отправка сообщений остановлена. Когда всё проверите: kruzhok db unfence
cli-db-key-needed = Нужен тот же DATA_KEY, что был при создании копии. Если копия от прежней версии: kruzhok db upgrade
cli-db-unfenced = Отправка сообщений снова разрешена.
cli-db-no-fence = Отправка и не была остановлена.
cli-db-well = База в порядке.
cli-db-faults = С базой не всё в порядке: { $faults }
cli-db-fault-behind = схема не последняя, выполните kruzhok db upgrade
cli-db-fault-differs = схема отличается от ожидаемой
cli-db-fault-damaged = файл базы повреждён
cli-db-fault-foreign-keys = есть строки, которые ссылаются на несуществующие
cli-db-fault-fenced = отправка сообщений остановлена после восстановления, её включает kruzhok db unfence

cli-municipality-added = Муниципалитет добавлен: { $name } ({ $code })

cli-import-counts = Прочитано строк: { $read }. Новых: { $new }, изменённых: { $changed }, без изменений: { $unchanged }, отказов: { $refused }.
cli-import-archived = В файле нет и потому убрано: программ в архив — { $archived }, групп закрыто для записи — { $closed }.
cli-import-kept = Изменено в боте, оставлено: { $kept } ({ $codes }). Взять из файла: --overwrite.
cli-import-row = Строка { $row }, «{ $column }»: «{ $value }» — { $reason }.
cli-import-row-of-sheet = Лист «{ $sheet }», строка { $row }, «{ $column }»: «{ $value }» — { $reason }.
cli-import-more = Ещё строк с отказами: { $rows }. Все они есть в --json.
cli-bench-import = Строк: { $rows } (отказов: { $refused }). Времени: { $seconds } с, процессора: { $cpu_seconds } с. Памяти: { $peak_mb } МБ. Самая долгая запись: { $longest_write_ms } мс, самое долгое ожидание другого: { $longest_wait_ms } мс.
cli-bench-nothing = Ни одной строки загрузить не удалось: измерять нечего.
cli-import-dry = Это была проверка: ничего не записано.
cli-import-refused = Строк с отказами: { $refused }. Ничего не загружено. Исправьте файл или повторите с --skip-bad.

cli-staff-invited = Ссылка для одного человека: { $link }
cli-staff-no-username = Имя бота неизвестно: нет BOT_TOKEN или Telegram не отвечает. Пусть сотрудник отправит боту: /start i_{ $code }
cli-staff-nobody = Прав пока ни у кого нет.
cli-staff-nameless = человек № { $person }
cli-staff-line = { $right }. { $role }: { $name }, { $place }
cli-staff-revoked = Право { $right } отозвано.
cli-expires = Действует до { $moment }
cli-chats-code = Отправьте в рабочем чате: /bind { $code }
cli-chats-none = Привязанных чатов нет.
cli-chats-line = { $id }. { $purpose }: чат { $chat }, { $municipality }

cli-doctor-well = Всё в порядке.
cli-doctor-finding = { $invariant }: { $what } ({ $count })
cli-doctor-unwell = Нарушений: { $count }

cli-refusal-not-found = Не нашлось: проверьте код муниципалитета и номера в команде.
cli-refusal-municipality-exists = Муниципалитет с кодом { $municipality_code } уже есть.
cli-refusal-too-many-municipalities = Больше 99 муниципалитетов добавить нельзя.
cli-refusal-bad-value = Значение не подходит: { $field ->
    [code] пустой код
    [name] пустое название
    [timezone] нет такого часового пояса; пример: Europe/Moscow
   *[other] { $field }
}.
cli-refusal-organisation-needed = Для этой роли нужна организация: --organisation НОМЕР.
cli-refusal-schema-behind = Схема базы не последняя. Выполните: kruzhok db upgrade
cli-refusal-schema-ahead = База новее программы: её обновляла версия поновее. Поставьте ту же версию или верните базу из копии.
cli-refusal-backup-refused = { $reason ->
    [exists] Такой файл уже есть, копия его не затрёт.
    [absent] Файла нет, или нет к нему доступа.
    [not-a-backup] Это не резервная копия этой базы.
    [locked] База занята другой программой. Остановите бота и повторите.
    [no-tool] Нет программы { $tool }: поставьте клиент PostgreSQL.
   *[tool-failed] Программа { $tool } завершилась с ошибкой.
}
cli-database-away = База данных не отвечает. Проверьте DATABASE_URL.
cli-database-refuses = База данных не пускает. Проверьте в DATABASE_URL имя пользователя, пароль и имя базы, например: postgresql+asyncpg://kruzhok:ПАРОЛЬ@127.0.0.1:5432/kruzhok
cli-no-data-key = Нет ключа: задайте DATA_KEY, это base64 от 32 байт. Сделать его: openssl rand -base64 32
cli-data-key-malformed = Ключ DATA_KEY (или файл .key рядом с базой) испорчен: это base64 от 32 байт. Верните прежний ключ.
cli-wrong-data-key = Ключ DATA_KEY не от этой базы: данные зашифрованы другим. Верните прежний ключ, с новым их не прочитать.
cli-already-running = Бот с INSTANCE={ $instance } уже запущен на этой базе. Остановите его или задайте второму другое имя, например: INSTANCE=second
cli-file-refused = Нет доступа к файлу { $file }: { $why }. Проверьте права на папку базы.
cli-settings-wrong = Неверные настройки: { $names }
cli-example-bot-token = Пример: BOT_TOKEN=1234567890:AA..., его выдаёт @BotFather
cli-example-data-key = DATA_KEY это base64 от 32 байт, сделать его: openssl rand -base64 32
cli-example-database-url = Пример: DATABASE_URL=postgresql+asyncpg://kruzhok:ПАРОЛЬ@127.0.0.1:5432/kruzhok или sqlite+aiosqlite:///data/kruzhok.db
cli-example-locale = Пример: LOCALE=ru, это папка в locales
cli-example-quiet-hours = Пример: QUIET_HOURS=21:00-09:00 или QUIET_HOURS=off
cli-unexpected = Непредвиденная ошибка: { $error }, { $where }

cli-running = Бот запущен. Остановить: Ctrl+C.
cli-demo-running =
    Показ запущен: { $address }
    Слева люди и чаты, справа переписка. Настоящий Telegram не нужен. Остановить: Ctrl+C.
cli-operator-unknown =
    Не заданы OPERATOR_NAME, OPERATOR_ADDRESS и OPERATOR_PHONE. Без них нельзя составить текст согласия,
    поэтому бот только ищет кружки и отвечает на вопросы: регистрация ребёнка и заявки не начнутся.
cli-token-refused = Telegram не знает такого токена. Проверьте BOT_TOKEN: его выдаёт @BotFather.
cli-webhook-refused = Telegram не принял адрес WEBHOOK_URL: { $said }. Нужен адрес с https, например: WEBHOOK_URL=https://bot.example.ru
cli-telegram-refused = Telegram отказал в { $method }: { $said }. Проверьте BOT_TOKEN и TELEGRAM_API_URL.
cli-port-taken = Не удалось начать слушать порт: { $why }. Задайте другой в HTTP_PORT или SANDBOX_PORT.

cli-ask-one-of = Нужен вопрос или файл с вопросами (--batch), что-то одно.
cli-ask-verdict = { $question } → { $verdict ->
    [answer] ответ
    [clarify] уточнить
   *[person] к человеку
}
cli-ask-candidate = { "  " }{ $score }  { $entry }  { $question }

cli-help-bench-ask = Измерить базу знаний: попадания, точность, лишние ответы, скорость, рядом с простым BM25.
cli-help-bench-ask-file = База знаний или вопросы с верными кодами (.jsonl); без файла берутся свои.
cli-bench-ask-unread = Файл { $file } не похож ни на базу знаний, ни на вопросы с кодами.
cli-bench-ask-base = Записей в базе: { $entries }
cli-bench-ask-left-out = { $name }: примеры, вынутые из базы ({ $count }): первым { $first }, в первых трёх { $three }, отвечено { $answered }, из них верно { $precision }
cli-bench-ask-apart = { $name }: вопросы, которых в базе не было ({ $count }): первым { $first }, в первых трёх { $three }, отвечено { $answered }, из них верно { $precision }
cli-bench-ask-cost = { $name }: лишних ответов { $false } из { $texts }; p50 { $p50 } мс, p95 { $p95 } мс; построение { $build_s } с, память { $memory } МБ
