namespace Toolkit.Trainer.Data;

/// <summary>What to do where a CSV file leaves a value out.</summary>
public enum MissingValues
{
    /// <summary>Refuse the file: a value that is silently left out becomes a wrong result.</summary>
    Refuse,

    /// <summary>Keep the row; <see cref="ColumnKind"/> says what stands for the missing value.</summary>
    Keep,

    /// <summary>Leave out the rows that miss a value.</summary>
    DropRow,
}
