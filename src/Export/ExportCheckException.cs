namespace Toolkit.Export;

/// <summary>An exported model does not compute what the trainer computes. The file was not written.</summary>
public sealed class ExportCheckException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public ExportCheckException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public ExportCheckException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public ExportCheckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception for a comparison that failed.</summary>
    public ExportCheckException(string message, CrossCheckReport report)
        : base(message) => Report = report;

    /// <summary>The comparison, where there was one.</summary>
    public CrossCheckReport? Report { get; }
}
