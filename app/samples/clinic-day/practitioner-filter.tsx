import styles from './clinic.module.css';

/** Narrows the lists to one practitioner; `mine` is the signed-in user's key, offered even on a day without visits. */
export function PractitionerFilter({
  practitioners,
  mine,
  value,
  onChange,
}: {
  practitioners: { key: string; name: string }[];
  mine: string | null;
  value: string;
  onChange: (key: string) => void;
}) {
  const others = practitioners.filter(({ key }) => key !== mine);
  const gone = value !== '' && value !== mine && !others.some(({ key }) => key === value);
  return (
    <label className={styles.filter}>
      <span>Practitioner</span>
      <select className={styles.field} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">Everyone</option>
        {mine ? <option value={mine}>Mine</option> : null}
        {others.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
        {gone ? <option value={value}>{value} (no visits this day)</option> : null}
      </select>
    </label>
  );
}
