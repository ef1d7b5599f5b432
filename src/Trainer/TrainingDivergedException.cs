namespace Toolkit.Trainer;

/// <summary>Training was stopped because the loss became infinite or not a number. The weights are those before the step that failed.</summary>
public sealed class TrainingDivergedException : Exception
{
    /// <summary>Makes the exception without a message.</summary>
    public TrainingDivergedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(string message, int epoch, int step, double loss)
        : base(message) => (Epoch, Step, Loss) = (epoch, step, loss);

    /// <summary>The epoch; the first is 0, while the message counts from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step in the epoch; the first is 0, while the message counts from 1.</summary>
    public int Step { get; }

    /// <summary>The loss of that step.</summary>
    public double Loss { get; }
}
