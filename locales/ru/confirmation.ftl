# Points of confirmation. What staff of a school or kindergarten see: official terms, short.

card-point = Документы смотрели: { $point }

refusal-too-many-tries = Слишком много попыток впустую: больше { $most } за час нельзя. Подождите час или передайте семью специалисту центра.
refusal-checked-locked = Документы этого ребёнка уже проверены, имя и дата закрыты. Изменить их может специалист центра.
refusal-bad-value-visit-code-unreadable = Код: не могу прочитать. Он выглядит так: { $example }.
refusal-bad-value-visit-code-many = Слишком много кодов сразу: { $count }. Помещается { $most }, пришлите частями.
refusal-bad-value-found-by-unreadable = Нужен код семьи, например 318-47. Или фамилия, имя и дата рождения целиком: Петрова Алиса 05.03.2017.
refusal-bad-value-plan-unreadable = План: нужно число детей от 1 до { $most }.

# The parent hears these
certificate-mended = { $first }: сотрудник сверил заявление № { $number } с документами и исправил то, что не сходилось. Посмотреть, как записано теперь, можно в «Мои дети и заявки».
certificate-under-review-told = { $first }: заявление № { $number } проверяет специалист центра. Делать ничего не нужно: когда он закончит, я напишу.
