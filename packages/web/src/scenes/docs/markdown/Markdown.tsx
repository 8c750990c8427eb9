import type { AlignType, List, Nodes, Parents, Table } from 'mdast'
import { Fragment, type ReactNode, useMemo } from 'react'
import { CodeBlock } from '../CodeBlock.tsx'
import { GuideLink } from './GuideLink.tsx'
import { anchorOf, parseMarkdown, plainText } from './parse-markdown.ts'

interface Props {
  text: string
  /** The file it is, below `docs/`: links are relative to it. */
  file?: string
}

/** A text with headings, lists, tables and code. */
export function Markdown({ text, file = '' }: Props) {
  const root = useMemo(() => parseMarkdown(text), [text])
  return <div className="flex flex-col gap-3 text-md text-pretty">{drawAll(root, file)}</div>
}

/** One paragraph of it, without a box of its own: what stands in cells and lines. */
export function InlineMarkdown({ text }: { text: string }) {
  const [first, ...rest] = useMemo(() => parseMarkdown(text).children, [text])
  if (first?.type === 'paragraph' && rest.length === 0) return drawAll(first, '')
  return <Markdown text={text} />
}

function drawAll(parent: Parents, file: string): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: nodes of one text have no other name, and never move
  return parent.children.map((node, index) => <Fragment key={index}>{draw(node, file)}</Fragment>)
}

const MONO = 'rounded-sm bg-press/60 px-1 py-px font-mono text-[.92em] [overflow-wrap:anywhere]'

function draw(node: Nodes, file: string): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value
    case 'inlineCode':
      return <code className={MONO}>{node.value}</code>
    case 'strong':
      return <strong className="font-semibold">{drawAll(node, file)}</strong>
    case 'emphasis':
      return <em>{drawAll(node, file)}</em>
    case 'break':
      return <br />
    case 'link':
      return (
        <GuideLink href={node.url} from={file}>
          {drawAll(node, file)}
        </GuideLink>
      )
    case 'image':
      return node.alt
    case 'paragraph':
      return <p>{drawAll(node, file)}</p>
    case 'heading':
      return <Title depth={node.depth} id={anchorOf(node)} text={drawAll(node, file)} name={plainText(node)} />
    case 'code':
      return <CodeBlock text={node.value} language={node.lang ?? ''} />
    case 'list':
      return drawList(node, file)
    case 'blockquote':
      return <blockquote className="border-s-2 border-line-strong ps-3 text-ink-2">{drawAll(node, file)}</blockquote>
    case 'thematicBreak':
      return <hr className="border-line" />
    case 'table':
      return <MarkdownTable node={node} file={file} />
    default:
      // HTML and whatever else: the words of it.
      return plainText(node)
  }
}

function Title({ depth, id, text, name }: { depth: number; id: string; text: ReactNode; name: string }) {
  if (depth === 1) return <h1 className="text-xl font-semibold tracking-[-.01em]">{text}</h1>
  const Tag = depth === 2 ? 'h2' : 'h3'
  return (
    <Tag id={id} className={`group scroll-mt-4 font-semibold ${depth === 2 ? 'mt-4 text-lg' : 'mt-2 text-md'}`}>
      {text}{' '}
      <a
        href={`#${id}`}
        aria-label={name}
        className="text-ink-3 opacity-0 group-hover:opacity-100 focus:opacity-100 print:hidden"
      >
        #
      </a>
    </Tag>
  )
}

function drawList(node: List, file: string): ReactNode {
  const Tag = node.ordered ? 'ol' : 'ul'
  return (
    <Tag
      className={`flex flex-col gap-1 ps-5 ${node.ordered ? 'list-decimal' : 'list-disc'}`}
      {...(node.ordered && node.start != null && { start: node.start })}
    >
      {node.children.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same
        <li key={index} className="ps-1 [&>p+p]:mt-2">
          {drawAll(item, file)}
        </li>
      ))}
    </Tag>
  )
}

const ALIGN: Readonly<Record<NonNullable<AlignType>, string>> = {
  left: 'text-start',
  center: 'text-center',
  right: 'text-end',
}

function MarkdownTable({ node, file }: { node: Table; file: string }) {
  const [head, ...rows] = node.children
  const align = (index: number) => ALIGN[node.align?.[index] ?? 'left']
  return (
    <section
      aria-label={head ? plainText(head.children[0] ?? head) : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line"
    >
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-start text-ink-2">
          <tr>
            {head?.children.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same
              <th key={index} scope="col" className={`px-3 py-1.5 font-medium ${align(index)}`}>
                {drawAll(cell, file)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same
            <tr key={at} className="border-t border-line align-top">
              {row.children.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same
                <td key={index} className={`min-w-24 px-3 py-1.5 ${align(index)}`}>
                  {drawAll(cell, file)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
