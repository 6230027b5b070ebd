# What keeps people's data in bounds: erasing again after a restore, who looked and changed.

cli-db-erased-again = Удалено снова: { $count } { $count ->
    [one] человек
    [few] человека
   *[many] человек
}, они попросили об этом после создания копии.
