# A child: form, receipt.

child-name =
    Шаг 1 из 3. Напишите фамилию, имя и отчество ребёнка одним сообщением, как в свидетельстве о рождении.
    Например: Иванова Алиса Петровна. Если отчества нет, пропустите его.
child-now = Сейчас записано: { $name }
child-born =
    Шаг 2 из 3. { $first }: напишите дату рождения.
    Например: 05.03.2016 или 5 марта 2016.
child-check =
    Шаг 3 из 3. Проверьте:

    Ребёнок: <b>{ $name }</b>
    Дата рождения: <b>{ $born }</b>

    Всё верно?
child-receipt =
    { $name }, { $years ->
        [one] { $years } год
        [few] { $years } года
       *[many] { $years } лет
    }: анкета сохранена. Она всегда в разделе «Мои дети и заявки».
child-receipt-group = Осталось закончить запись в кружок.
child-receipt-certificate = Теперь можно оформить сертификат: он нужен для бесплатных кружков.
button-not-save = Не сохранять
child-known = { $name }, { $born }: такая анкета у вас уже есть, вторую не завожу.
button-edit-name = Изменить имя
button-edit-born = Изменить дату
button-add-child = Добавить ребёнка
button-go-on-applying = Продолжить запись
button-open-child = Открыть анкету
family-nobody = Здесь будут ваши дети, их сертификаты и заявки. Добавьте ребёнка: хватит имени и даты рождения.
family-overview = { $count ->
    [1] Нажмите на имя ребёнка: покажу его сертификат и заявки.
   *[other] Выберите ребёнка: покажу его сертификат и заявки.
}
family-applications =
    { "" }
    <b>Заявки</b>
family-applications-more = И ещё { $more }: нажмите на имя ребёнка, покажу все его заявки.
family-child =
    <b>{ $name }</b>, { $years ->
        [one] { $years } год
        [few] { $years } года
       *[many] { $years } лет
    }, дата рождения { $born }
    Сертификат: { $certificate }
family-no-applications = Заявок пока нет.

# After the receipt
child-who-are-you = А кто вы ребёнку? Спрашиваю один раз.
button-kind-mother = Мама
button-kind-father = Папа
button-kind-guardian = Опекун
button-kind-foster-parent = Приёмный родитель
child-receipt-small = Сертификат оформляют с пяти лет: в этот день напомню сам, анкета уже готова.
button-twin = Двойня: та же дата рождения
child-twins =
    { $first }, { $born }: напишите имя второго ребёнка, родившегося в тот же день. Если их больше, через запятую.
    Фамилию и отчество возьму те же.
child-twins-check =
    Проверьте: <b>{ $last }</b>, имена <b>{ $names }</b>, дата рождения { $born }. Всё верно?
child-twins-done = { $names }: { $count ->
    [one] анкета сохранена
   *[other] анкеты сохранены
}. Все дети в разделе «Мои дети и заявки».
expects-first-names = Жду имя второго ребёнка.
refusal-bad-value-first-names-count = Имена: нужно от одного до { $most }, через запятую.
