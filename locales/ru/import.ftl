# Import of registries: what is told to staff and operators, at the command line and in the bot.

refusal-file-refused = { $reason ->
    [absent] Файла нет, или его нельзя прочитать.
    [empty] Файл пуст.
    [old-excel] Это книга старого Excel (.xls) или книга под паролем. Сохраните её как .xlsx без пароля.
    [html] Это веб-страница, хотя называется таблицей. Откройте её в Excel и сохраните как .xlsx.
    [macros] В книге есть макросы. Сохраните её как .xlsx без макросов.
    [other-archive] Это не книга Excel (.xlsx).
    [unknown] Это не таблица: нужен .xlsx или .csv.
    [program] Это программа, а не таблица, как бы файл ни назывался. Открывать её не стали. Если вы её не посылали, покажите компьютер специалисту.
    [far-row] Ячейка с данными стоит очень далеко, в строке { $row }, а между ней и таблицей пусто. Удалите её вместе с пустыми строками и сохраните книгу заново.
    [other-encoding] Текст csv в кодировке { $seen }. Откройте его в Excel с этой кодировкой и сохраните как .xlsx или как csv в UTF-8.
    [json-list] Это JSON одним списком, а нужна запись на каждой строке (.jsonl). Разложите список по строкам или пришлите .xlsx.
    [json-encoding] Это JSON не в UTF-8. Сохраните файл в UTF-8 и пришлите снова.
    [bomb] Книга распакуется во много раз больше, чем бывает у таблиц. Открывать её не стали.
    [too-wide] На листе есть ячейки очень далеко от начала. Удалите лишние строки и столбцы и сохраните книгу заново.
    [too-big] Файл больше { $megabytes } МБ.
    [too-many-rows] В файле больше { $rows } строк. Разделите его на части.
    [damaged] Файл повреждён: таблица не читается. Сохраните его заново.
    [encoding] Текст csv не прочитать: он не в UTF-8, не в UTF-16 и не в Windows-1251. Сохраните его как .xlsx.
    [no-header] Не нашлась строка с названиями столбцов.
   *[other] Файл прочитать не удалось.
}
refusal-columns-missing = В файле нет обязательных столбцов: { $columns }.
refusal-many-missing = В файле нет программ: { $missing } из { $published } опубликованных в муниципалитете; нет групп: { $groups } из { $listed }. Похоже, файл неполный. Ничего не загружено. Если так и нужно, повторите команду с --archive-missing --even-many.
refusal-import-running = Сейчас идёт другая загрузка. Повторите, когда она закончится; если её прервали, через полминуты.

import-reason-empty = не заполнено
import-reason-too-long = длиннее { $longest } знаков
import-reason-unknown-direction = нет такой направленности: их шесть, например «Техническая»
import-reason-unknown-level = нет такого уровня; пример: Базовый
import-reason-unknown-form = нет такой формы обучения; пример: Очная
import-reason-unknown-registry = нет такого реестра; пример: Сертифицированные
import-reason-unknown-municipality = такого муниципалитета нет в базе
import-reason-municipality-unsaid = не сказано, какой это муниципалитет
import-reason-not-yes-no = нужно «да» или «нет»
import-reason-not-number = не число; пример: 15
import-reason-not-price = не цена; пример: 1200,50 или «бесплатно»
import-reason-count-range = это от и до; укажите одно число, сколько детей возьмут в группу, пример: 15
import-reason-not-whole = нужно целое число
import-reason-not-money = непонятно, где копейки; пример: 1200,50
import-reason-price-of-part = нужна стоимость всей программы, а не за месяц или занятие
import-reason-price-range = это цены от и до; укажите одну цену, например 700
import-reason-negative = не может быть меньше нуля
import-reason-too-great = больше { $greatest }: похоже на опечатку
import-reason-not-date = не дата; пример: 01.09.2026
import-reason-no-such-day = такого дня нет в календаре
import-reason-far-year = слишком далёкий год
import-reason-ends-before = раньше начала ({ $first })
import-reason-not-ages = возраст не понят; пример: 7-10
import-reason-age-not-whole = нужны границы возраста в полных годах или с половиной; пример: 7-10 или 6,5-8
import-reason-age-is-date = Excel принял возраст за дату; запишите ячейку текстом, пример: 7-10 лет
import-reason-ages-order = «от» больше, чем «до»
import-reason-age-far = больше { $greatest } лет или меньше нуля
import-reason-disagrees = у той же программы в строке { $row } другое значение
import-reason-disagrees-elsewhere = у той же программы на листе «{ $sheet }» в строке { $row } другое значение
import-reason-group-twice = эта группа уже есть в строке { $row }, но с другими данными
import-reason-group-twice-elsewhere = эта группа уже есть на листе «{ $sheet }» в строке { $row }, но с другими данными

import-reason-not-json = строка не читается как JSON
import-reason-not-text = нужен текст
import-reason-not-variants = особые ответы не читаются; нужен список
import-reason-unknown-choice = такого значения нет
import-reason-code-twice = этот код уже есть в строке { $row }
import-reason-knowledge-empty = не заполнено
import-reason-knowledge-long = длиннее { $longest } знаков
import-reason-knowledge-many = больше { $most }
import-reason-knowledge-unreadable = не читается
import-reason-knowledge-insecure = ссылка должна быть с https; пример: { $offered }
import-reason-knowledge-password = в ссылке имя и пароль; нужен адрес без них
import-reason-knowledge-inside = это адрес внутри учреждения: родители его не откроют
import-reason-json-deep = слишком много списков один в другом; нужна запись в одну строку, как в примере
import-reason-broken-text = в тексте знаки, которые нельзя сохранить (пустой знак или половина буквы); наберите его заново
import-reason-knowledge-order = конец раньше начала
import-reason-knowledge-variable = «{ $name }» никто не заполнит. Есть: { $known }

import-warning-other-municipality = В файле назван другой муниципалитет («{ $named }»). Все строки загружены в тот, что указан в команде.
import-warning-column-twice = Столбцы «{ $column }» и «{ $other }» значат одно и то же. Взят первый.
import-warning-rows-passed = Строки, которые не похожи на программы (заголовки, подписи), пропущены: { $rows }.
import-warning-rows-passed-of-sheet = На листе «{ $sheet }» пропущены строки, которые не похожи на программы (заголовки, подписи): { $rows }.
import-warning-hidden-rows = На листах есть скрытые строки: { $rows }. Они прочитаны вместе с остальными. Если они не нужны, удалите их и загрузите файл снова.
import-warning-sheet-passed = Лист «{ $sheet }» пропущен: на нём нет столбцов { $columns }.
