import { Anchor, type AnchorProps, Button, type ButtonProps, NavLink, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { Ref } from 'react';

type WithAnchor<Props> = Props & { ref?: Ref<HTMLAnchorElement> };

/** A button that leads to a page. */
export const ButtonLink = createLink(function ButtonAnchor(props: WithAnchor<ButtonProps>) {
  return <Button component="a" {...props} />;
});

/** Words that lead to a page. */
export const TextLink = createLink(function TextAnchor(props: WithAnchor<AnchorProps>) {
  return <Anchor component="a" {...props} />;
});

/** An entry of the sidebar. */
export const SidebarLink = createLink(function SidebarAnchor(props: WithAnchor<NavLinkProps>) {
  return <NavLink component="a" {...props} />;
});
