import type { FastifyRequest } from 'fastify'
import { subdomainOf } from '../../domain/security/relying-party.ts'

/** `?with=a,b`, or `with[]=a&with[]=b`: what is asked for besides. */
export function readWith(query: unknown): ReadonlySet<string> {
  const given = query as Record<string, unknown>
  const values = [given.with, given['with[]']].flat().filter((value) => typeof value === 'string')
  return new Set(values.flatMap((value) => value.split(',')).map((name) => name.trim()))
}

/** `amojo=Y`, or one of its later names. */
export function asksForChatId(query: unknown): boolean {
  const { amojo } = query as { amojo?: unknown }
  const names = readWith(query)
  return (typeof amojo === 'string' && amojo.toUpperCase() === 'Y') || names.has('amojo') || names.has('amojo_id')
}

/** Where the server was asked: at an account's own address, or at the installation's. */
export function addressOf({ publicUrl }: { publicUrl: () => string }, request: FastifyRequest): string {
  const url = publicUrl().replace(/\/$/, '')
  const { host } = request.headers
  return subdomainOf(url, host) === undefined ? url : `${new URL(url).protocol}//${host}`
}
