# What a family hears of its visit to a point of confirmation.
certificate-mended = { $first }: сотрудник сверил заявление № { $number } с документами и исправил то, что не сходилось. Посмотреть, как записано теперь, можно в «Мои дети и заявки».
certificate-under-review-told = { $first }: заявление № { $number } проверяет специалист центра. Делать ничего не нужно: когда он закончит, я напишу.
