namespace Toolkit.Trainer.Data;

/// <summary>The ways in which a column of a table becomes inputs of a network.</summary>
public enum FeatureEncoding
{
    /// <summary>The numbers as they are.</summary>
    AsIs,

    /// <summary>(x − mean) / standard deviation.</summary>
    Standardized,

    /// <summary>The range of the training part mapped to a range.</summary>
    MinMax,

    /// <summary>One input a category.</summary>
    OneHot,
}
