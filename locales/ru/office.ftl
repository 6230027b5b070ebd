# What staff open from the menu. Official terms, no tone.

office-doors = { $municipality }: для сотрудников. Заявки и сертификаты приходят карточками в рабочий чат.
office-library = Что бот знает и ищет: ответы на вопросы, слова поиска и файлы, из которых всё это приходит.
office-head = Для руководителя.
office-file =
    { $municipality }. Пришлите файл прямо сюда, в этот чат: программы и группы, детей, сертификаты, зачисленных (.xlsx или .csv) или базу знаний (.xlsx или .jsonl).
    Сначала я его проверю и покажу, что изменится. Без вашего «Принять» ничего не запишу.
office-file-public =
    { $municipality }. Пришлите файл прямо сюда, в этот чат: программы и группы (.xlsx или .csv) или базу знаний (.xlsx или .jsonl).
    Сначала я его проверю и покажу, что изменится. Без вашего «Принять» ничего не запишу. Списки детей здесь не принимаю.
button-office = Для сотрудников
button-office-library = Ответы, слова, файлы
button-office-head = Для руководителя
button-office-knowledge = База знаний
button-office-words = Слова поиска
button-office-registry = Внести в Навигатор
button-office-differences = Расхождения
button-office-file = Загрузить файл
expects-office-file = Жду файл с таблицей или базой знаний.
