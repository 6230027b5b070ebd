### What the edge itself says: failures, outdated buttons, a screen that could not be shown.

failure =
    Не получилось, номер случая { $number }. Данные не потеряны.
    Попробуйте ещё раз или начните с меню. Если повторится, позвоните в центр и назовите номер.
button-outdated = Эта кнопка устарела. Вот где мы сейчас:
dialogue-gone = Этот разговор уже закончен. Вот меню:
resume = Telegram попросил меня подождать, и экран не показался. Продолжим?
command-start = Начать сначала
command-menu = Меню
command-help = Что я умею
command-settings = Настройки
command-mydata = Что я о вас храню
command-delete = Удалить мои данные
