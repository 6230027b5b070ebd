# For staff: the knowledge base, its versions, and what it could not answer.

knowledge-overview =
    База знаний: вопросы, на которые я отвечаю сам. Сейчас их { $entries }.
    Напишите слова из вопроса, и я его найду.
knowledge-topics = Выберите тему.
knowledge-topic = { $topic ->
    [access] Доступ
    [applications] Организаторам: заявки
    [bot] О помощнике
    [cards] Организаторам: карточки программ
    [cert] Что такое сертификат
    [cert_get] Получение сертификата
    [cert_num] Номер сертификата
    [certificates] Организаторам: сертификаты
    [choose] Выбор кружка
    [contact] Куда обратиться
    [contract] Договор
    [data] Данные детей
    [end] Окончание сертификата
    [enrol] Запись
    [enrolment] Организаторам: зачисление
    [expulsion] Организаторам: отчисление
    [family] Семья
    [finance] Организаторам: оплата
    [lessons] Занятия
    [money] Деньги
    [move] Переезд
    [own] Добавлено здесь
    [pd] Личные данные
    [reg] Сайт и регистрация
    [registration] Организаторам: регистрация
    [review] Организаторам: экспертиза
    [staff] Организаторам
    [transfer] Организаторам: перевод
   *[other] { $topic }
}
knowledge-no-topic = Без темы
knowledge-topic-label = { $name } · { $entries }
knowledge-entries =
    { $topic }

    { $lines }
knowledge-found =
    Похоже на «{ $typed }»:

    { $lines }
knowledge-nothing = Ничего похожего на «{ $typed }» нет.
knowledge-entry =
    <b>{ $question }</b>
    { $state ->
        [ended] Больше не показывается.
       *[told] { $answer }
    }

    { $topic } · { $audience ->
        [organisers] для организаторов
       *[parents] для родителей
    } · { $common ->
        [yes] общая для всех районов
       *[no] только ваш район
    }
    Код { $code }, версия { $version }. Ответов: { $answers }, примеров: { $examples }.
knowledge-common = Целиком её меняет руководитель центра. Вы можете добавить примеры и ответ для своего района.
knowledge-saved = Сохранил, версия { $version }.
knowledge-question =
    Сейчас: «{ $question }»
    Напишите вопрос по-новому. Прежняя формулировка останется примером.
knowledge-examples =
    Как ещё спрашивают «{ $question }».
    Чтобы добавить примеры, напишите их, каждый с новой строки. Чтобы убрать, нажмите на пример.
knowledge-answers =
    Ответы на «{ $question }».
    Показывается самый точный из тех, что подходят спросившему.
knowledge-answer =
    { $terms }

    { $answer }

    Ссылка: { $link }
    { $attached ->
        [picture] С картинкой.
        [file] С файлом.
       *[nothing] Без картинки и файла.
    }
knowledge-answer-gone = Этого ответа больше нет: его заменили.
knowledge-send-picture = Пришлите фото или файл (pdf, docx, xlsx, jpg, png), и его увидят вместе с ответом.
knowledge-file-kind = Такой файл к ответу не подойдёт, я его удалил. Можно pdf, docx, xlsx, jpg или png.
knowledge-file-other = Внутри файла не то, что обещает его название, или в нём макросы. Я его удалил. Сохраните его заново как pdf и пришлите.
knowledge-file-big = Файл больше 20 МБ, я его удалил. Пришлите поменьше или дайте ссылку.
knowledge-term-all = всем и всегда
knowledge-term-place = { $place }
knowledge-term-regime = { $regime ->
    [social_order] социальный заказ
   *[pfdo] сертификаты с деньгами
}
knowledge-term-registry = { $registry ->
    [own] записи ведём здесь
   *[external] записи ведём в Навигаторе
}
knowledge-term-audience = { $audience ->
    [organisers] организаторам
   *[parents] родителям
}
knowledge-term-span = с { $since } по { $until }
knowledge-term-since = с { $since }
knowledge-term-until = до { $until }
knowledge-text =
    Напишите ответ: простыми словами, до 500 знаков.
    Можно вставить: { $variables }.
knowledge-dates = С какого и по какой день показывать? Например: с 01.09.2026 по 31.05.2027. Всегда: поставьте «-».
knowledge-link = Пришлите адрес страницы, например https://pfdo.ru. Без ссылки: поставьте «-».
knowledge-ending = «{ $question }» больше не показывать? Вернуть можно из версий.
knowledge-versions =
    Версии «{ $question }»:

    { $lines }
knowledge-version = Версия { $number }
knowledge-version-line = № { $number } · { $moment } · { $who } · { $what }
knowledge-by-import = загрузка файла
knowledge-by-person = сотрудник
knowledge-field = { $field ->
    [added] добавлено
    [question] вопрос
    [examples] примеры
    [answers] ответ
    [topic] тема
    [audience] кому
    [ended] показ
   *[other] { $field }
}
knowledge-old-version =
    { $line }
    «{ $question }»

unanswered-list = На эти вопросы я не ответил. Чаще всего сверху. Имён и номеров здесь нет.
unanswered-none = Вопросов без ответа нет.
unanswered-label = { $text } · { $times }
unanswered-one =
    «{ $text }»
    Спросили { $times ->
        [one] { $times } раз
        [few] { $times } раза
       *[many] { $times } раз
    }, последний { $last }.
unanswered-nearest = Похоже на: «{ $nearest }».
unanswered-gone = Этот вопрос уже разобрали.
unanswered-found =
    К какому вопросу добавить «{ $typed }»? Можно написать другие слова.

    { $lines }
unanswered-added = Добавил пример. На такой вопрос отвечу: «{ $question }».
unanswered-settled = Закрыл. Если спросят снова, появится опять.

new-entry-question = Напишите вопрос так, как его задают.
new-entry-asked = Спросили: «{ $asked }».
new-entry-answer =
    «{ $question }»
    Теперь ответ: простыми словами, до 500 знаков. Можно вставить: { $variables }.
new-entry-check =
    <b>{ $question }</b>
    { $answer }

    Кому показывать?
new-entry-done = Готово. На «{ $question }» уже отвечаю.

button-knowledge-topics = По темам
button-unanswered = Без ответа · { $misses }
button-knowledge-new = Новый ответ
button-knowledge-answers = Ответы · { $answers }
button-knowledge-examples = Примеры · { $examples }
button-knowledge-question = Изменить вопрос
button-knowledge-versions = Версии
button-knowledge-end = Больше не показывать
button-knowledge-end-yes = Да, не показывать
button-knowledge-own = Ответ для вашего района
button-knowledge-text = Изменить ответ
button-knowledge-dates = Сроки
button-knowledge-link = Ссылка
button-knowledge-unpicture = Убрать фото или файл
button-knowledge-remove = Убрать этот ответ
button-knowledge-restore = Вернуть эту версию
button-example-of = Пример: { $short }
button-example-other = К другому вопросу
button-miss-settle = Ничего не нужно
button-for-parents = Родителям
button-for-organisers = Организаторам

expects-entry-words = Напишите слова из вопроса или выберите кнопкой.
expects-entry-question = Жду вопрос одним сообщением.
expects-entry-example = Жду примеры, каждый с новой строки.
expects-answer-text = Жду ответ одним сообщением.
expects-answer-dates = Жду даты, например: с 01.09.2026 по 31.05.2027.
expects-answer-link = Жду адрес страницы.
