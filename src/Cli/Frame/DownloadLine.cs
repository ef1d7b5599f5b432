using System.Globalization;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Frame;

/// <summary>Shows a download: one line that is rewritten on a terminal, one line a file elsewhere.</summary>
internal sealed class DownloadLine(TextWriter writer) : IProgress<DownloadProgress>
{
    private const int BarWidth = 24;

    private readonly bool _isTerminal = Terminal.IsTerminal(writer);
    private string? _file;
    private int _percent;

    public void Report(DownloadProgress value)
    {
        bool isNew = _file != value.File;
        if (isNew)
        {
            _file = value.File;
            _percent = -1;
            if (!_isTerminal)
            {
                writer.WriteLine($"Downloading {value.Address}");
            }
        }

        int percent = value.BytesTotal is > 0 and long total ? (int)(value.BytesReceived * 100 / total) : 0;
        if (!_isTerminal || percent == _percent)
        {
            return;
        }

        _percent = percent;
        int filled = percent * BarWidth / 100;
        writer.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\r{value.File} [{new string('=', filled)}{new string(' ', BarWidth - filled)}] {percent,3} % {value.BytesReceived / 1e6:F1} MB"));
        if (value.BytesReceived == value.BytesTotal)
        {
            writer.WriteLine();
        }
    }
}
