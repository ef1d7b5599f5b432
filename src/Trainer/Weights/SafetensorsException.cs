namespace Toolkit.Trainer.Weights;

/// <summary>A safetensors file is damaged, or does not hold what is wanted of it. The message names the file, expected and got, and what to do.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
