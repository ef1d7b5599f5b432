namespace Toolkit.Trainer.Checkpoints;

/// <summary>
/// A checkpoint is damaged, of another version, or of another training, or its folder cannot be written. The message names the file, expected
/// and got, and what to do.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
