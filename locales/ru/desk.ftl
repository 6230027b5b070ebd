# The web desk of staff: official terms, short lines.

refusal-desk-link-invalid = Эта ссылка уже не действует: она на один раз и на пять минут. Напишите боту /desk, придёт новая.
refusal-desk-closed = Вход закончился. Напишите боту /desk, придёт новая ссылка.
refusal-desk-tries-spent = Слишком много неверных ссылок подряд. Подождите минуту и попробуйте снова.
refusal-too-many-ticked = За один раз можно подтвердить до { $most } заявок. Снимите лишние отметки.
refusal-bad-value-desk-search-unclear = Не понимаю, что искать. Нужен номер (318), код семьи (318-47) или фамилия и имя полностью.
