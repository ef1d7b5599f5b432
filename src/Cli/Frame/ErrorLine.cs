using System.Text;
using System.Text.RegularExpressions;
using Toolkit.Export;
using Toolkit.Onnx;
using Toolkit.Trainer.Data;

namespace Toolkit.Cli.Frame;

/// <summary>Turns what went wrong into one line and an exit status.</summary>
internal static partial class ErrorLine
{
    /// <summary>The one line for an error, the command's name first.</summary>
    public static string For(string command, Exception exception) => $"{command}: {Flatten(Describe(exception))}";

    /// <summary>The exit status for an error.</summary>
    public static int ExitStatusFor(Exception exception) => exception switch
    {
        OperationCanceledException => ExitStatus.Interrupted,
        ExportCheckException => ExitStatus.CheckFailed,
        _ => ExitStatus.BadInput,
    };

    private static string Describe(Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } cause } => Describe(cause),
        OperationCanceledException => "stopped before it was done; no model was written.",
        UsageException or DatasetException or OnnxModelException or UnsupportedOperatorException or ExportCheckException => exception.Message,
        ArgumentException argument => WithoutParameterName(argument),
        UnauthorizedAccessException => $"{exception.Message} Choose a place that you may write to.",
        DirectoryNotFoundException => $"{exception.Message} Make the folder first, or choose another.",
        IOException when IsDiskFull(exception) => $"{exception.Message.TrimEnd('.')}. The disk is full; free some space. Older files are as they were.",
        OutOfMemoryException => "out of memory; use a smaller batch or a smaller model.",
        InvalidOperationException or NotSupportedException or IOException or FormatException => exception.Message,
        _ when exception.GetType().Namespace?.StartsWith("Toolkit", StringComparison.Ordinal) == true => exception.Message,
        _ => $"unexpected {exception.GetType().Name}: {exception.Message} This is a defect; run again with --debug and report the trace.",
    };

    /// <summary>Whether the operating system's error is ENOSPC (28), or its two Windows forms.</summary>
    private static bool IsDiskFull(Exception exception) =>
        (exception.HResult & 0xFFFF) is 28 or 0x70 or 0x27 || exception.Message.Contains("No space left", StringComparison.Ordinal);

    /// <summary>The base class appends <c> (Parameter 'x')</c>, which says nothing to who typed a command.</summary>
    private static string WithoutParameterName(ArgumentException exception) =>
        exception.ParamName is { } name ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;

    private static string Flatten(string message)
    {
        string line = LineBreaks().Replace(message.Trim(), " ");
        var clean = new StringBuilder(line.Length);
        foreach (char c in line)
        {
            // A damaged file's names must not reach the terminal as control sequences.
            clean.Append(char.IsControl(c) ? '?' : c);
        }

        return clean.ToString();
    }

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex LineBreaks();
}
