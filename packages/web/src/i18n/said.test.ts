import { afterEach, beforeAll, expect, test } from 'vitest'
import { loadSaid, sayAgain } from './said.ts'
import { loadTexts, setLanguage } from './texts.ts'

beforeAll(() => loadTexts('common'))
afterEach(() => setLanguage('en'))

async function speak(language: 'ru' | 'es' | 'pt') {
  await setLanguage(language)
  await loadSaid()
}

test('in English the server is quoted, without its full stop', () => {
  expect(sayAgain('name: there is a role Sales already.')).toBe('name: there is a role Sales already')
})

test('a sentence with names in it is said again, without the field of the wire', async () => {
  await speak('ru')
  expect(sayAgain('There is no such lead in this account.')).toBe('Такой сделки в аккаунте нет')
  expect(sayAgain('name: there is a role Sales already.')).toBe('роль «Sales» уже есть')
  await speak('es')
  expect(sayAgain('On Telegram only clients can begin a conversation.')).toBe(
    'En Telegram solo los clientes pueden iniciar una conversación',
  )
})

test('the sentence that leaves least open is taken', async () => {
  await speak('pt')
  expect(sayAgain('email: a@b.c works in this account already. Log in instead.')).toBe(
    'a@b.c já trabalha nesta conta. Entre com ele',
  )
})

test('what stands inside is said again, too', async () => {
  await speak('ru')
  expect(sayAgain('Telegram could not be reached: connection refused')).toBe(
    'Telegram недоступен: в соединении отказано',
  )
  expect(sayAgain('Your role does not let you delete this lead. An admin can change that.')).toMatch(
    /удалять эту сделку/,
  )
  expect(sayAgain('Telegram could not be reached: the request failed (EODD)')).toBe(
    'Telegram недоступен: the request failed (EODD)',
  )
})

test('what nobody has translated is quoted', async () => {
  await speak('es')
  expect(sayAgain('emoji: This cannot be known yet.')).toBe('El servidor dijo: This cannot be known yet')
})
