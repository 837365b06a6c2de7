import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '@mantine/core';
import { groupedNumber } from '@/format/cardNumber';
import { useT } from '@/i18n/message';
import { useSource } from '@/source/source';
import classes from './Failures.module.css';
import { useBulkWords } from './useBulkWords';

interface FailuresProps {
  /** Cards by the code of why. */
  failed: Map<string, string[]>;
  nameOf: (number: string) => string | undefined;
}

const FIRST = 5;

/** The cards that were not changed, each reason once and the cards under it. */
export function Failures({ failed, nameOf }: FailuresProps) {
  const words = useBulkWords();
  return (
    <ul className={classes.reasons}>
      {[...failed].map(([code, numbers]) => (
        <li key={code}>
          <Reason words={words(code)} numbers={numbers} nameOf={nameOf} />
        </li>
      ))}
    </ul>
  );
}

function Reason({ words, numbers, nameOf }: { words: string; numbers: string[]; nameOf: FailuresProps['nameOf'] }) {
  const t = useT();
  const { reading } = useSource();
  const [all, setAll] = useState(false);
  const shown = all ? numbers : numbers.slice(0, FIRST);
  return (
    <>
      <p>
        <strong>{t('fleet.cards', { count: numbers.length })}.</strong> {words}
      </p>
      <ul className={classes.cards}>
        {shown.map((number) => (
          <li key={number}>
            <Link {...reading.toCard(number)}>{nameOf(number) || groupedNumber(number)}</Link>
          </li>
        ))}
        {shown.length < numbers.length && (
          <li>
            <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
              {t('fleet.andMore', { count: numbers.length - shown.length })}
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}
