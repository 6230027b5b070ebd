# Reminders to staff of what waits too long, counted in working days.

reminder-certificates = Ждут решения сертификаты: { $count }. Дольше всего { $number }: { $days ->
    [one] { $days } рабочий день
    [few] { $days } рабочих дня
   *[many] { $days } рабочих дней
}.
reminder-applications = Ждут ответа заявки: { $count }. Дольше всего { $number }: { $days ->
    [one] { $days } рабочий день
    [few] { $days } рабочих дня
   *[many] { $days } рабочих дней
}.
reminder-silent = Заявка № { $id } ждёт ответа { $days ->
    [one] { $days } рабочий день
    [few] { $days } рабочих дня
   *[many] { $days } рабочих дней
}: { $programme }. Примите её или откажите карточкой в рабочем чате. Не получается — напишите в { $centre }{ $called ->
    [yes] , телефон { $phone }
   *[no] {""}
}.
reminder-overdue = Заявка № { $id } без ответа { $days ->
    [one] { $days } рабочий день
    [few] { $days } рабочих дня
   *[many] { $days } рабочих дней
}: { $programme }, { $organisation }. Организации напоминали, семья ждёт.
