using System.Globalization;
using System.Text;
using Toolkit.Trainer.Metrics;

namespace Toolkit.Trainer.Callbacks;

/// <summary>
/// Keras's progress lines. On a terminal a bar is redrawn in place, at most ten times a second, with the time to go and the epoch's
/// running figures:
/// <code>
/// Epoch 1/5
/// 469/469 ━━━━━━━━━━━━━━━━━━━━ 2s 4ms/step - accuracy: 0.9253 - loss: 0.2577 - val_accuracy: 0.9641 - val_loss: 0.1191
/// </code>
/// Elsewhere, as in a log file, there is one line an epoch. The time of a step leaves out the epoch's first step and its validation.
/// </summary>
public sealed class ConsoleProgress : Callback
{
    private const int BarWidth = 20;
    private const string Done = "\e[32m";
    private const string Rest = "\e[37m";
    private const string Bold = "\e[1m";
    private const string Plain = "\e[0m";

    private readonly TextWriter _output;
    private readonly TimeProvider _clock;
    private readonly int _verbose;
    private readonly bool _isTerminal;
    private readonly bool _knowsWidth;
    private readonly long _redrawTicks;
    private (string Name, Metric? Metric)[] _figures = [];
    private long _start;
    private long _firstStepEnd;
    private long _lastStepEnd;
    private long _nextRedraw;
    private int _steps;
    private int _drawnLength;
    private bool _isShown;

    /// <summary>Makes the callback.</summary>
    /// <param name="verbose">As in Keras: 0 says nothing, 1 draws a bar, 2 writes a line an epoch without a bar.</param>
    /// <param name="output">Where to write; null for standard output.</param>
    /// <param name="isTerminal">Whether lines can be redrawn there; null to find out, which for a writer that is not the console's gives
    /// no.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not 0, 1 or 2.</exception>
    public ConsoleProgress(int verbose = 1, TextWriter? output = null, bool? isTerminal = null, TimeProvider? clock = null)
    {
        if (verbose is < 0 or > 2)
        {
            throw new ArgumentOutOfRangeException(nameof(verbose), verbose, $"ConsoleProgress: expected verbose to be 0, 1 or 2, got {verbose}.");
        }

        _verbose = verbose;
        _output = output ?? Console.Out;
        _clock = clock ?? TimeProvider.System;
        bool isConsole = (_output == Console.Out && !Console.IsOutputRedirected) || (_output == Console.Error && !Console.IsErrorRedirected);
        _isTerminal = isTerminal ?? isConsole;
        _knowsWidth = _isTerminal && isConsole;
        UsesColors = _isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        _redrawTicks = _clock.TimestampFrequency / 10;
    }

    /// <summary>
    /// Whether the bar is coloured: on a terminal, unless the environment variable NO_COLOR (https://no-color.org) is set. Without colours
    /// the part to come is a thinner line.
    /// </summary>
    public bool UsesColors { get; init; }

    /// <summary>
    /// How many epochs are shown at most: of more, those at equal distances, the first and the last. Null, the default, shows all, as Keras does.
    /// </summary>
    public int? MaxEpochs { get; init; }

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        IEnumerable<(string Name, Metric? Metric)> figures = run.Metrics.Select(metric => (metric.Name, (Metric?)metric)).Append(("loss", null));
        _figures = [.. figures.OrderBy(figure => figure.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(TrainingRun run, int epoch)
    {
        ArgumentNullException.ThrowIfNull(run);
        _start = _firstStepEnd = _lastStepEnd = _clock.GetTimestamp();
        _nextRedraw = _start;
        _steps = 0;
        _drawnLength = 0;
        _isShown = _verbose > 0 && IsShown(run, epoch);
        if (_isShown && (_isTerminal || _verbose == 2))
        {
            WriteLine(Heading(run, epoch));
        }
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(TrainingRun run, int step)
    {
        if (!_isShown)
        {
            return;
        }

        _lastStepEnd = _clock.GetTimestamp();
        _steps = step + 1;
        if (_steps == 1)
        {
            _firstStepEnd = _lastStepEnd;
        }

        if (_verbose == 1 && _isTerminal && _lastStepEnd >= _nextRedraw)
        {
            ArgumentNullException.ThrowIfNull(run);
            _nextRedraw = _lastStepEnd + _redrawTicks;
            DrawRunning(run);
        }
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingRun run, int epoch, EpochLog log)
    {
        if (!_isShown)
        {
            return;
        }

        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(log);
        string seconds = string.Create(CultureInfo.InvariantCulture, $"{_clock.GetElapsedTime(_start).TotalSeconds:F0}s");
        string perStep = Figure.PerStep(StepTime());
        var figures = new StringBuilder();
        foreach ((string name, double value) in log.Values.OrderBy(figure => figure.Key, StringComparer.Ordinal))
        {
            AppendFigure(figures, name, value);
        }

        if (_verbose == 2)
        {
            WriteLine($"{Count(run)} - {seconds} - {perStep}{figures}");
        }
        else if (_isTerminal)
        {
            Draw(run, seconds, $" {perStep}{figures}", isLast: true);
        }
        else
        {
            WriteLine($"{Heading(run, epoch)} - {seconds} {perStep}{figures}");
        }
    }

    private bool IsShown(TrainingRun run, int epoch)
    {
        if (MaxEpochs is not { } most || run.Epochs <= most)
        {
            return true;
        }

        int distance = (run.Epochs + most - 1) / Math.Max(most, 1);
        return epoch == 0 || (epoch + 1) % distance == 0 || epoch == run.Epochs - 1;
    }

    private static string Heading(TrainingRun run, int epoch) => string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}/{run.Epochs}");

    private static void AppendFigure(StringBuilder text, string name, double value) =>
        text.Append(" - ").Append(name).Append(": ").Append(Figure.Format(value));

    private string Count(TrainingRun run)
    {
        string total = run.StepsPerEpoch.ToString(CultureInfo.InvariantCulture);
        return $"{_steps.ToString(CultureInfo.InvariantCulture).PadLeft(total.Length)}/{total}";
    }

    private TimeSpan StepTime() => _steps > 1
        ? _clock.GetElapsedTime(_firstStepEnd, _lastStepEnd) / (_steps - 1)
        : _clock.GetElapsedTime(_start, _lastStepEnd);

    private void DrawRunning(TrainingRun run)
    {
        TimeSpan stepTime = StepTime();
        var info = new StringBuilder().Append(' ').Append(Figure.PerStep(stepTime));
        foreach ((string name, Metric? metric) in _figures)
        {
            AppendFigure(info, name, metric is null ? run.Loss : metric.Result);
        }

        Draw(run, Figure.Remaining(stepTime * Math.Max(0, run.StepsPerEpoch - _steps)), info.ToString(), isLast: false);
    }

    private void Draw(TrainingRun run, string time, string info, bool isLast)
    {
        string count = Count(run);
        int done = run.StepsPerEpoch > 0 ? (int)Math.Min(BarWidth, (long)BarWidth * _steps / run.StepsPerEpoch) : BarWidth;
        int length = count.Length + 1 + BarWidth + 1 + time.Length;
        int width = _knowsWidth && !isLast ? Console.WindowWidth : 0;
        if (width > 0)
        {
            // A line that wraps cannot be redrawn.
            info = info[..Math.Clamp(width - 1 - length, 0, info.Length)];
        }

        length += info.Length;
        string bar = UsesColors
            ? $"{Bold}{count}{Plain} {Done}{new string('━', done)}{Plain}{Rest}{new string('━', BarWidth - done)}{Plain} {Bold}{time}{Plain}"
            : $"{count} {new string('━', done)}{new string('─', BarWidth - done)} {time}";
        string overwritten = new(' ', Math.Max(0, _drawnLength - length));
        _output.Write($"\r{bar}{info}{overwritten}{(isLast ? "\n" : "")}");
        _output.Flush();
        _drawnLength = length;
    }

    private void WriteLine(string line)
    {
        _output.Write($"{line}\n");
        _output.Flush();
    }
}
