import { describe, expect, it } from 'vitest';
import { failedRows } from '@/pages/staff/failedRows';

const bytes = (text: string) => new TextEncoder().encode(text).buffer as ArrayBuffer;
const row = (line: number, reason: string, last_line = line) => ({ line, last_line, reason });

describe('the file of failed rows', () => {
  it('has the header, the rows as they were and the reason', () => {
    const file = bytes('inn;name\r\n1;"ООО ""А;Б"""\r\n2;Б\r\n3;"В\r\nГ"\r\n');
    expect(failedRows(file, [row(2, 'ИНН: опечатка'), row(4, 'название', 5)])).toBe(
      '\uFEFFinn;name;reason\r\n1;"ООО ""А;Б""";ИНН: опечатка\r\n3;"В\nГ";название\r\n',
    );
  });

  it('keeps commas, and does not add a second reason', () => {
    const file = bytes('name,reason,inn\n"А, Б",старая,1\n');
    expect(failedRows(file, [row(2, 'новая, другая')])).toBe('\uFEFFname,inn,reason\r\n"А, Б",1,"новая, другая"\r\n');
  });

  it('reads windows-1251', () => {
    const file = Uint8Array.from([0x69, 0x6e, 0x6e, 0x3b, 0x61, 0x0a, 0x31, 0x3b, 0xc0, 0xc1]).buffer;
    expect(failedRows(file, [row(2, 'x')])).toBe('\uFEFFinn;a;reason\r\n1;АБ;x\r\n');
  });

  it('carries no formula, and leaves a telephone alone', () => {
    const file = bytes("inn;name;phone\n1;=cmd|'x'!A0;+7 (8652) 18-42-25\n-1+1;@a;+7*2\n");
    expect(failedRows(file, [row(2, 'x'), row(3, '=y')])).toBe(
      "\uFEFFinn;name;phone;reason\r\n1;'=cmd|'x'!A0;+7 (8652) 18-42-25;x\r\n'-1+1;'@a;'+7*2;'=y\r\n",
    );
  });
});
