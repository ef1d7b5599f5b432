using Toolkit.EdgeRuntime.Planning;
using Toolkit.Numerics;
using Toolkit.Onnx;
using O = Toolkit.Onnx.Operators;

namespace Toolkit.EdgeRuntime.Tests.Planning;

public sealed class PlanCacheTests
{
    [Fact]
    public void The_plan_that_was_used_least_recently_goes_first()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp());
        ExecutionPlan[] plans = [.. Enumerable.Range(1, PlanCache.Capacity).Select(batch => session.Plans.Get([new Shape(batch, 784)]))];
        Assert.Same(plans[0], session.Plans.Get([new Shape(1, 784)]));
        session.Plans.Get([new Shape(99, 784)]);
        Assert.Equal(PlanCache.Capacity, session.Plans.Count);
        Assert.Same(plans[0], session.Plans.Get([new Shape(1, 784)]));
        Assert.NotSame(plans[1], session.Plans.Get([new Shape(2, 784)]));
    }

    [Fact]
    public void Plans_that_hold_more_memory_than_the_limit_go()
    {
        int arena = Compile(long.MaxValue).Item2;
        (ManagedSession session, _) = Compile(arena * 5L / 2);
        using (session)
        {
            foreach (int batch in new[] { 100, 101, 102 })
            {
                session.Plans.Get([new Shape(batch, 784)]);
            }

            Assert.Equal(2, session.Plans.Count);
        }

        static (ManagedSession, int) Compile(long limit)
        {
            ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Limits = new OnnxLimits { MaxPlanBytes = limit } });
            return (session, (int)((StaticPlan)session.Plans.Get([new Shape(100, 784)])).ArenaBytes);
        }
    }

    [Fact]
    public void An_arena_beyond_the_limit_is_refused_before_it_is_taken()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.MnistMlp(), new InferenceOptions { Limits = new OnnxLimits { MaxPlanBytes = 10_000 } });
        ArgumentException exception = Assert.Throws<ArgumentException>(() => session.InferOutputShapes([[1000, 784]]));
        Assert.Contains("MaxPlanBytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Views_and_element_wise_operators_take_no_memory_of_their_own()
    {
        var builder = new ModelBuilder().Input("x", "N", 64);
        string value = builder.Node(new O.Exp(), "x");
        for (int i = 0; i < 5; i++)
        {
            value = builder.Node(new O.Reshape(), builder.Node(new O.Sigmoid(), value), builder.Constant(Tensor.Vector(-1L, i % 2 == 0 ? 32L : 64L)));
        }

        using ManagedSession session = ManagedBackend.Compile(builder.Output(builder.Node(new O.ReduceSum(false), value)).Build());
        var plan = (StaticPlan)session.Plans.Get([new Shape(8, 64)]);
        Assert.Equal(8 * 64 * sizeof(float), plan.ArenaBytes);
        Assert.Equal(7, plan.Steps.Count);
    }

    [Fact]
    public void What_follows_from_shapes_alone_is_no_step()
    {
        using ManagedSession session = ManagedBackend.Compile(Networks.Branched());
        var plan = (StaticPlan)session.Plans.Get([new Shape(2, 4, 6)]);
        Assert.DoesNotContain(plan.Steps, step => step.Node.Node.Operator is O.Shape or O.Gather or O.Concat);
    }
}
