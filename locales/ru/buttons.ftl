# Buttons that stand in many windows.

button-back = Назад
button-home = Домой
button-find = Найти кружок
button-certificate = Сертификат
button-family = Мои дети и заявки
button-ask = Спросить
button-my-data = Мои данные
button-more = Ещё
button-confirm = Всё верно
button-continue = Нет, вернуться
button-drop-form = Не отправлять
button-resume = Продолжить
