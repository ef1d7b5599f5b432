namespace Toolkit.Cli.Tests;

/// <summary>The tests that share one trained model.</summary>
[CollectionDefinition(Name)]
public sealed class SharedModel : ICollectionFixture<TrainedModel>
{
    public const string Name = "trained model";
}
