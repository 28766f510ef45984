import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { eventsOf, runOutset, temporaryFolder } from './run-outset.ts';

const { folder, remove } = temporaryFolder('bad-input');
afterAll(remove);

const file = (name: string, content: string | Uint8Array): string => {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
};

const goodCsv = `x,y,label\n${Array.from({ length: 40 }, (_, i) => `${Math.sin(i)},${Math.cos(i)},${i % 2}`).join('\n')}\n`;

describe('mistakes on the command line exit with 2, say what is near, and write nothing', () => {
  const cases: [string, string[], RegExp, RegExp][] = [
    ['unknown command', ['rase'], /unknown command "rase".*race/, /알 수 없는 명령 "rase".*race/],
    ['unknown option', ['race', '--epoch', '3'], /--epochs/, /--epochs/],
    ['unknown start', ['race', '--start', 'xaveir'], /xaveir.*xavier/s, /xaveir.*xavier/s],
    ['unknown data', ['race', '--data', 'mnits'], /mnits.*mnist/s, /mnits.*mnist/s],
    [
      'unknown activation',
      ['race', '--data', 'xor', '--network', '2-8-2:rellu'],
      /rellu.*relu/s,
      /rellu.*relu/s,
    ],
    ['unknown optimizer', ['race', '--optimizer', 'adem'], /adem.*adam/s, /adem.*adam/s],
    ['learning rate', ['race', '--lr', '-1'], /--lr.*> 0.*-1/, /--lr.*-1/],
    [
      'label smoothing',
      ['race', '--label-smoothing', '1'],
      /--label-smoothing.*< 1.*1/,
      /--label-smoothing.*1/,
    ],
    ['learning rate that is no number', ['race', '--lr', 'fast'], /--lr.*fast/, /--lr.*fast/],
    ['no epochs', ['race', '--epochs', '0'], /--epochs.*>= 1/, /--epochs.*>= 1/],
    ['seed', ['race', '--seed', '1.5'], /--seed.*1\.5/, /--seed.*1\.5/],
    ['seeds twice', ['race', '--seeds', '1,1'], /--seeds/, /--seeds/],
    ['schedule', ['race', '--schedule', 'cosin'], /cosin.*cosine/s, /cosin.*cosine/s],
    ['language', ['race', '--lang', 'fr'], /--lang.*en, ko.*fr/, /--lang.*en, ko.*fr/],
  ];
  test.each(cases)('%s', async (_name, args, english, korean) => {
    const before = readdirSync(folder);
    const run = await runOutset(
      [...args, '--out', path.join(folder, 'never')].slice(0, args[0] === 'race' ? undefined : 1),
      { cwd: folder },
    );
    expect(run.stderr).toMatch(english);
    expect(run.code).toBe(2);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder)).toEqual(before);
    if (args.includes('--lang')) return;
    const korea = await runOutset([...args, '--lang', 'ko'], { cwd: folder });
    expect(korea.stderr).toMatch(korean);
    expect(korea.stderr).toMatch(/[가-힣]/);
    expect(korea.code).toBe(2);
  });
});

describe('bad data exits with 3 and says where', () => {
  test('a CSV with a missing cell: line and column', async () => {
    const name = file('missing.csv', goodCsv.replace(/\n[^\n]*\n$/, '\n0.5,,1\n'));
    const run = await runOutset(['race', '--data', name, '--out', path.join(folder, 'a')]);
    expect(run.stderr).toMatch(/missing\.csv/);
    expect(run.stderr).toMatch(/line 41/);
    expect(run.stderr).toMatch(/column (?:2|"?y"?)/);
    expect(run.code).toBe(3);
    expect(existsSync(path.join(folder, 'a'))).toBe(false);
  });

  test('a CSV with a word among the numbers: line and column', async () => {
    const name = file('word.csv', goodCsv.replace(/\n[^\n]*\n$/, '\nred,0.5,1\n'));
    const run = await runOutset(['race', '--data', name, '--out', path.join(folder, 'a')]);
    expect(run.stderr).toMatch(/line 41/);
    expect(run.stderr).toMatch(/red/);
    expect(run.code).toBe(3);
  });

  test('truncated npz and IDX: what was read, what was expected', async () => {
    const npz = file('cut.npz', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]));
    expect((await runOutset(['race', '--data', npz, '--out', path.join(folder, 'a')])).code).toBe(3);
    const images = path.join(folder, 'idx');
    mkdirSync(images);
    const header = (magic: number, ...lengths: number[]) => {
      const bytes = new DataView(new ArrayBuffer(4 + 4 * lengths.length));
      bytes.setUint32(0, magic);
      for (const [i, length] of lengths.entries()) bytes.setUint32(4 + 4 * i, length);
      return new Uint8Array(bytes.buffer);
    };
    for (const part of ['train', 't10k']) {
      writeFileSync(path.join(images, `${part}-images-idx3-ubyte`), header(0x803, 10, 28, 28));
      writeFileSync(path.join(images, `${part}-labels-idx1-ubyte`), header(0x801, 10));
    }
    const run = await runOutset(['race', '--data', images, '--out', path.join(folder, 'a')]);
    expect(run.stderr).toMatch(/idx3-ubyte/);
    expect(run.stderr).toMatch(/7,?8\d\d/);
    expect(run.code).toBe(3);
  });

  test('a network that does not fit the data: which layer, what was expected', async () => {
    const run = await runOutset([
      'race',
      '--data',
      'xor',
      '--network',
      '3-8-2:relu',
      '--out',
      path.join(folder, 'a'),
    ]);
    expect(run.stderr).toMatch(/3/);
    expect(run.stderr).toMatch(/2/);
    expect([2, 3]).toContain(run.code);
    const spec = file('net.json', JSON.stringify({ input: [2], layers: [{ type: 'dense', units: 5 }] }));
    const wrong = await runOutset([
      'race',
      '--data',
      'xor',
      '--network',
      spec,
      '--out',
      path.join(folder, 'a'),
    ]);
    expect(wrong.stderr).toMatch(/gives 5 outputs.*needs 2/);
    expect(wrong.code).toBe(3);
  });

  test('a network file that is absent, no JSON, or no network', async () => {
    const run = (name: string) =>
      runOutset(['race', '--data', 'xor', '--network', name, '--out', path.join(folder, 'a')]);
    expect((await run(path.join(folder, 'absent.json'))).stderr).toMatch(/absent\.json.*cannot be read/);
    expect((await run(file('broken.json', '{"input": ['))).stderr).toMatch(/broken\.json.*not valid JSON/);
    const unknown = await run(
      file('odd.json', JSON.stringify({ input: [2], layers: [{ type: 'dens', units: 2 }] })),
    );
    expect(unknown.stderr).toMatch(/dens/);
    expect(unknown.code).toBe(3);
    expect(existsSync(path.join(folder, 'a'))).toBe(false);
  });

  test('an output folder that cannot be: a file stands in its way', async () => {
    const blocked = path.join(file('a-file', 'x'), 'runs');
    const run = await runOutset(['race', '--data', 'xor', '--epochs', '1', '--out', blocked]);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/a-file/);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(readFileSync(path.join(folder, 'a-file'), 'utf8')).toBe('x');
  });

  test('--resume of a folder without a race, and --out of a folder with one', async () => {
    const run = await runOutset(['race', '--resume', path.join(folder, 'nothing')]);
    expect(run.stderr).toMatch(/no race\.json/);
    expect(run.code).toBe(3);
    const used = path.join(folder, 'used');
    mkdirSync(used);
    writeFileSync(path.join(used, 'race.json'), '{}');
    const again = await runOutset(['race', '--data', 'xor', '--out', used]);
    expect(again.stderr).toMatch(/--resume/);
    expect(again.code).toBe(2);
    const damaged = await runOutset(['race', '--resume', used]);
    expect(damaged.code).toBe(3);
  });

  test('--json gives the issue as data', async () => {
    const run = await runOutset(['race', '--json', '--start', 'nonsense-start']);
    const [event] = eventsOf(run);
    expect(event).toMatchObject({ event: 'error' });
    expect(typeof event.code).toBe('string');
    expect(run.code).toBe(2);
  });
});
