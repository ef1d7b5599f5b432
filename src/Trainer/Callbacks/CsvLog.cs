using System.Globalization;
using System.Text;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Writes a line of figures to a CSV file (RFC 4180) after every epoch: <c>epoch</c>, the first being 0, then the log's figures in its
/// order. The first epoch says which columns there are; a figure that a later epoch lacks is <c>NA</c>. The file is closed between epochs,
/// so that it can be read and is complete at any time.
/// </summary>
public sealed class CsvLog : Callback
{
    private string[]? _columns;

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
        _columns = null;

        // Opened even where nothing is written yet: a path that cannot be written should fail now and not after an epoch.
        using var stream = new FileStream(FilePath, Append ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.Write, FileShare.Read);
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

        File.AppendAllText(FilePath, text.Append("\r\n").ToString());
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
