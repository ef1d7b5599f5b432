namespace Toolkit.Trainer.Data;

/// <summary>A data file is missing, damaged or not what it should be. The message names the file, expected and got, and what to do.</summary>
public sealed class DatasetException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public DatasetException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public DatasetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Whether the data was nowhere to be found and could not be downloaded, so that another data set may stand in.
    /// False where there is data and it is wrong: that must not be passed over.
    /// </summary>
    public bool IsUnavailable { get; init; }
}
