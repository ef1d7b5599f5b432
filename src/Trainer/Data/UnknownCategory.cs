namespace Toolkit.Trainer.Data;

/// <summary>What to do with a category that the training part did not have.</summary>
public enum UnknownCategory
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Give it a row of zeros.</summary>
    Zeros,
}
