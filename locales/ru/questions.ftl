# Questions: the knowledge base answers, asks back, or names the person who will.

questions-ask =
    Спросите своими словами: про сертификат, запись, деньги, документы.
    Например: «как получить сертификат» или «почему списали деньги».
questions-answered =
    <b>{ $question }</b>
    { $answer }

    Помогло? Можно и спросить ещё, просто напишите.
questions-gone = Этот ответ убрали, он устарел. Спросите другими словами или позвоните в центр.
questions-clarify =
    Не уверен, что понял. О чём вопрос?

    { $lines }
questions-candidate = { $number }. { $question }
questions-person =
    На это ответит человек: { $centre }, телефон { $phone }.
    Можно спросить и другими словами, прямо здесь.
questions-helped = Хорошо, что разобрались.
questions-courtesy = Я на связи. Спрашивайте про кружки и сертификаты или выберите в меню.
questions-foreign = Про это не подскажу: моё дело — кружки, секции и сертификаты. Вот что умею:
questions-contacts =
    На вопросы отвечает живой человек: { $centre }, телефон { $phone }.
    Вопрос можно написать и сюда: на частые отвечу сразу.
questions-offered =
    Похоже на вопрос: «{ $question }»
    Ответить на него? Всё, что вы уже написали, сохранено.
questions-centre = центр допобразования
questions-phone = телефон центра
questions-district = ваш район
button-ask-this = Да, это вопрос
button-helped = Помогло
button-person = Спросить человека
button-none-fits = Ни один не подходит
button-back-to-form = Вернуться к анкете
button-answer-link = Подробнее
button-answer-picture = Открыть картинку
button-answer-file = Открыть файл
group-answer =
    { $answer }

    О вашем ребёнке и заявках — в личном чате: { $link }

link-answer-gone = Такого ответа здесь нет: его могли убрать. Спросите своими словами, отвечу или подскажу, кому позвонить.
link-answer-district = Ответы зависят от района. Выберите свой и откройте ссылку ещё раз.
link-campaign = Спасибо, что пришли по приглашению.

expects-typed-question = Напишите вопрос или вернитесь в меню.
expects-other-question = Напишите вопрос другими словами или вернитесь в меню.
expects-helped = Ответьте «да» или «нет», нажмите кнопку или задайте новый вопрос.
expects-candidate = Выберите вопрос кнопкой или спросите другими словами.
