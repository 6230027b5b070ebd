# For staff: what words mean to the search, what was not found, points on the map.

synonyms-overview =
    Слова поиска: как пишут семьи и что им показывать.
    Точки на карте нужны, чтобы искать «ближе ко мне».
synonyms-list = Как пишут → что искать. Нажмите, чтобы посмотреть или убрать.
synonyms-none = Своих слов пока нет. Добавьте, если семьи пишут иначе, чем названы кружки.
synonyms-one = Кто пишет «{ $phrase }», тому показываем «{ $stands_for }».
synonyms-phrase = Как пишут? Слово или несколько, например: мультики.
synonyms-meaning = Кто пишет «{ $phrase }», что ему искать? Например: мультипликация. Если подходит разное, перечислите через запятую.
synonyms-added = Запомнил: кто пишет «{ $phrase }», тому покажу «{ $stands_for }».
synonyms-replaced = Запомнил: кто пишет «{ $phrase }», тому покажу «{ $stands_for }». Раньше показывал «{ $replaced }».
synonyms-gone = Здесь этого больше нет: кто-то уже разобрал.
synonyms-removed = Убрал.
synonyms-misses = Это искали и не нашли. Чаще всего сверху.
synonyms-no-misses = Всё, что искали, нашлось.
synonyms-miss =
    «{ $words }»: искали { $times ->
        [one] { $times } раз
        [few] { $times } раза
       *[many] { $times } раз
    }, последний { $last }.
synonyms-miss-closed = Закрыл. Если будут искать снова, появится опять.
synonyms-label = { $phrase } → { $stands_for }
synonyms-miss-label = { $words } · { $times }
places-list = Отмечены на карте: { $placed } из { $places }. Сначала те, где точки нет.
places-one =
    { $organisation }
    { $address }

    Пришлите место: скрепка, потом «Геопозиция». Можно выбрать точку на карте.
places-known = Точка уже есть, новая её заменит.
places-set = Отметил: { $organisation }.
places-label = { $placed ->
    [yes] ✓ { $organisation }
   *[no] { $organisation }
}
places-no-address = адрес не указан
button-synonyms = Синонимы · { $synonyms }
button-misses = Искали и не нашли · { $misses }
button-org-places = Точки на карте · { $placed } из { $places }
button-add-synonym = Добавить синоним
button-remove-synonym = Убрать
button-teach-miss = Добавить синоним
button-close-miss = Закрыть
