using System.Globalization;
using System.Text;
using Toolkit.Trainer.Callbacks;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer;

/// <summary>
/// The figures of every epoch of a training, as <c>Fit</c> returns them. As in Keras it is a callback that collects the logs.
/// </summary>
public sealed class History : Callback
{
    private readonly List<EpochLog> _epochs = [];

    /// <summary>The epochs in order.</summary>
    public IReadOnlyList<EpochLog> Epochs => _epochs;

    /// <summary>
    /// The names of the figures, in the order in which they came: <c>loss</c>, <c>accuracy</c>, <c>val_loss</c>, <c>val_accuracy</c>.
    /// </summary>
    public IReadOnlyList<string> Names => [.. _epochs.SelectMany(log => log.Values.Keys).Distinct()];

    /// <summary>One figure over the epochs: <c>history["val_loss"]</c>. Epochs whose log lacks it are left out.</summary>
    /// <exception cref="KeyNotFoundException">No epoch has it; the message lists the figures that there are.</exception>
    public IReadOnlyList<double> this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            double[] values = [.. _epochs.Where(log => log.Values.ContainsKey(name)).Select(log => log.Values[name])];
            return values.Length > 0
                ? values
                : throw new KeyNotFoundException(
                    $"History: expected one of {(_epochs.Count == 0 ? "(no epoch was trained)" : string.Join(", ", Names))}, got '{name}'.");
        }
    }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run) => _epochs.Clear();

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        _epochs.Add(log);
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("epochs", [.. _epochs.Select(log => (long)log.Epoch)]);
        state.Set("seconds", [.. _epochs.Select(log => log.Seconds)]);
        state.Set("counts", [.. _epochs.Select(log => (long)log.Values.Count)]);
        state.Set("names", [.. _epochs.SelectMany(log => log.Values.Keys)]);
        state.Set("values", [.. _epochs.SelectMany(log => log.Values.Values)]);
    }

    /// <inheritdoc/>
    public override void RestoreState(TrainingRun run, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (long[] epochs, double[] seconds, long[] counts) = (state.GetInt64s("epochs"), state.GetDoubles("seconds"), state.GetInt64s("counts"));
        (IReadOnlyList<string> names, double[] values) = (state.GetTexts("names"), state.GetDoubles("values"));
        if (seconds.Length != epochs.Length || counts.Length != epochs.Length || names.Count != values.Length || counts.Sum() != values.Length)
        {
            throw new CheckpointException($"History: expected the figures of {epochs.Length} epochs in the checkpoint, got {values.Length} values of {names.Count} names.");
        }

        _epochs.Clear();
        int next = 0;
        for (int i = 0; i < epochs.Length; i++)
        {
            var figures = new OrderedDictionary<string, double>();
            for (int end = next + (int)counts[i]; next < end; next++)
            {
                figures.Add(names[next], values[next]);
            }

            _epochs.Add(new EpochLog((int)epochs[i], seconds[i], figures));
        }
    }

    /// <summary>A table with a line an epoch, the first being 1 as in the progress lines.</summary>
    public override string ToString()
    {
        IReadOnlyList<string> names = Names;
        var rows = new List<string[]> { (string[])["epoch", "seconds", .. names] };
        foreach (EpochLog log in _epochs)
        {
            rows.Add([
                (log.Epoch + 1).ToString(CultureInfo.InvariantCulture),
                log.Seconds.ToString("F1", CultureInfo.InvariantCulture),
                .. names.Select(name => log.Values.TryGetValue(name, out double value) ? Figure.Format(value) : "-"),
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, names.Count + 2).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            text.Append(text.Length > 0 ? "\n" : "").AppendJoin("  ", row.Select((cell, column) => cell.PadLeft(widths[column])));
        }

        return text.ToString();
    }
}
