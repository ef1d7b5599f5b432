using System.Globalization;
using System.Text;
using Toolkit.Trainer.Checkpoints;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Writes a line of figures to a CSV file (RFC 4180) after every epoch: <c>epoch</c>, the first being 0, then the log's figures in its
/// order. The first epoch says which columns there are; a figure that a later epoch lacks is <c>NA</c>. The file is closed between epochs,
/// so that it can be read and is complete at any time. Where training goes on from a checkpoint, the file holds the run's lines up to there again.
/// </summary>
public sealed class CsvLog : Callback
{
    private readonly StringBuilder _written = new();
    private string[]? _columns;
    private long _start;

    /// <summary>Makes the callback.</summary>
    /// <param name="path">The file.</param>
    /// <param name="append">Whether to add to a file that is there, which must have the same columns, instead of replacing it.</param>
    public CsvLog(string path, bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FilePath = path;
        Append = append;
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Whether lines are added to a file that is there.</summary>
    public bool Append { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public override void OnTrainBegin(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _columns = null;
        _written.Clear();
        bool isKept = Append || run.ResumedFrom is not null;

        // Opened even where nothing is written yet: a path that cannot be written should fail now and not after an epoch.
        using var stream = new FileStream(FilePath, isKept ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.Write, FileShare.Read);
        _start = stream.Length;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The file to append to has other columns.</exception>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var text = new StringBuilder();
        if (_columns is null)
        {
            _columns = [.. log.Values.Keys];
            StartFile(text);
        }

        text.Append(epoch.ToString(CultureInfo.InvariantCulture));
        foreach (string column in _columns)
        {
            text.Append(',').Append(log.Values.TryGetValue(column, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA");
        }

        text.Append("\r\n");
        _written.Append(text);
        File.AppendAllText(FilePath, text.ToString());
    }

    /// <inheritdoc/>
    public override void SaveState(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("start", _start);
        state.Set("text", _written.ToString());
        if (_columns is not null)
        {
            state.Set("columns", _columns);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="CheckpointException">The file to append to is shorter than when training began.</exception>
    public override void RestoreState(TrainingRun run, SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_start, string text) = (state.GetInt64("start"), state.GetText("text"));
        _columns = state.Contains("columns") ? [.. state.GetTexts("columns")] : null;
        _written.Clear().Append(text);
        using var stream = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (stream.Length < _start)
        {
            throw new CheckpointException($"CsvLog: expected at least the {_start} bytes that '{FilePath}' had before training, got {stream.Length}; put the file back.");
        }

        // What was written after the checkpoint is written again, and what a crash lost is written now.
        stream.SetLength(_start);
        stream.Position = _start;
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private void StartFile(StringBuilder text)
    {
        string header = string.Join(',', _columns!.Prepend("epoch").Select(Quoted));
        string existing = File.ReadAllText(FilePath);
        if (existing.Length == 0)
        {
            text.Append(header).Append("\r\n");
            return;
        }

        string found = existing.Split('\n', 2)[0].TrimEnd('\r');
        if (found != header)
        {
            throw new InvalidOperationException(
                $"CsvLog: expected the columns {header} in '{FilePath}' to append to, got {found}; write to another file.");
        }

        // What a crash left of a last line must not swallow the next one.
        text.Append(existing[^1] == '\n' ? "" : "\r\n");
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny("\",\r\n") < 0
        ? field
        : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
