using System.IO.MemoryMappedFiles;

namespace Toolkit.Fuzz.Tests;

/// <summary>
/// The number of the case that runs now, in a file that outlives the process: what a stack overflow or a fault leaves behind. A thread
/// looks at it, and ends the process when one case takes too long.
/// </summary>
internal sealed class CaseClock : IDisposable
{
    /// <summary>The exit status of a process that was ended because a case hung.</summary>
    public const int HungStatus = 75;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _watch;
    private long _current = -1;
    private int _ticks;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="secondsAtMost">What a case may take before the process is ended.</param>
    public CaseClock(string path, int secondsAtMost)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        _view = _file.CreateViewAccessor();
        long seen = -1;
        _watch = new Timer(
            _ =>
            {
                long now = Volatile.Read(ref _current);
                _ticks = now == seen ? _ticks + 1 : 0;
                seen = now;
                if (now >= 0 && _ticks > secondsAtMost)
                {
                    Environment.Exit(HungStatus);
                }
            },
            null,
            1000,
            1000);
    }

    /// <summary>Says which case begins.</summary>
    public void Begin(long number)
    {
        _view.Write(0, number);
        Volatile.Write(ref _current, number);
    }

    /// <summary>The case at which a process ended.</summary>
    public static long Read(string path) => BitConverter.ToInt64(File.ReadAllBytes(path));

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _view.Dispose();
        _file.Dispose();
    }
}
